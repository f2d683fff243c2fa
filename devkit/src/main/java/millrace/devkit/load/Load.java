package millrace.devkit.load;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import millrace.schemas.AdRequest;
import millrace.wire.Wire;

/**
 * One run of a plan: sends every request at its due time, come what may, and books every answer.
 *
 * <p>Two threads: the caller's sends, one of its own receives.
 */
public final class Load {

    private static final Duration LEAD = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(2);
    /** How long second answers are looked for after the last first one. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final LoadPlan plan;
    private final Schedule schedule;
    private final Tally tally;
    private final Sender sender;
    private final AnswerDecoder decoder;
    private final Transport transport;
    private volatile boolean receiving = true;
    private long startNanos;

    /**
     * @param run tells this run's request ids from those of other runs
     * @param wire with the schema of the request topic registered
     * @param clock gives the requests their event time; latencies do not depend on it
     */
    public Load(
            LoadPlan plan,
            int run,
            Wire wire,
            String requestTopic,
            Transport transport,
            InstantSource clock,
            LoadListener listener) {
        var ids = new RequestIds(run);
        this.plan = plan;
        this.schedule = Schedule.of(plan);
        this.tally = new Tally(schedule);
        var template = new RequestTemplate(plan.placement(), ids, wire.writer(requestTopic, AdRequest.class)::write);
        this.sender = new Sender(schedule, template, transport, clock, listener, tally);
        this.decoder = new AnswerDecoder(ids, wire);
        this.transport = transport;
    }

    /**
     * Runs the plan to its end; once. Does not close the transport.
     *
     * @throws IllegalStateException if receiving failed; the cause says why
     */
    public LoadReport run() throws InterruptedException {
        var listening = new CompletableFuture<Void>();
        var received = new CompletableFuture<Void>();
        Thread receiver = Thread.ofPlatform().daemon().name("load-receiver").start(() -> receive(listening, received));
        try {
            await(listening);
            sender.run(startNanos, received::isDone);
            awaitAnswers(received);
        } finally {
            receiving = false;
            receiver.join();
        }
        await(received);
        return tally.report(sender.latestNanos());
    }

    private static void await(CompletableFuture<Void> step) {
        try {
            step.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("answers cannot be received: " + cause.getMessage(), cause);
        }
    }

    private void awaitAnswers(CompletableFuture<Void> received) throws InterruptedException {
        long end = elapsedNanos() + plan.patience().toNanos();
        while (!tally.isComplete() && elapsedNanos() < end && !received.isDone()) {
            Thread.sleep(10);
        }
        if (!received.isDone()) {
            Thread.sleep(SETTLE.toMillis());
        }
    }

    private void receive(CompletableFuture<Void> listening, CompletableFuture<Void> received) {
        try {
            transport.listen();
            startNanos = System.nanoTime() + LEAD.toNanos();
            listening.complete(null);
            while (receiving) {
                transport.receive(POLL, this::book);
                // Answers that trickle in would otherwise each cost a fetch. It is counted in their latencies.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            received.complete(null);
        } catch (RuntimeException e) {
            // Whatever it was, the sending thread must know that no more answers will come.
            listening.completeExceptionally(e);
            received.completeExceptionally(e);
        }
    }

    private void book(byte[] bytes) {
        decoder.decode(bytes).ifPresent(answer -> tally.book(answer, elapsedNanos()));
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}

package millrace.devkit.load;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    /** How long second answers are looked for after the last first one. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final LoadPlan plan;
    private final Schedule schedule;
    private final Tally tally;
    private final Sender sender;
    private final Answers answers;
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
        this(
                plan,
                new RequestTemplate(
                        plan.placement(), new RequestIds(run), wire.writer(requestTopic, AdRequest.class)::write),
                new AnswerDecoder(new RequestIds(run), wire),
                transport,
                clock,
                listener);
    }

    private Load(
            LoadPlan plan,
            Requests requests,
            Answers answers,
            Transport transport,
            InstantSource clock,
            LoadListener listener) {
        this.plan = plan;
        this.schedule = Schedule.of(plan);
        this.tally = new Tally(schedule);
        this.sender = new Sender(schedule, requests, transport, clock, listener, tally);
        this.answers = answers;
        this.transport = transport;
    }

    /**
     * One of players that ask a gateway for VAST.
     *
     * @param run tells this run's request ids from those of other runs
     * @param deadline that every tag names
     */
    public static Load ofPlayers(
            LoadPlan plan, int run, Duration deadline, HttpTransport transport, LoadListener listener) {
        var tags = new AdTags(plan.placement(), new RequestIds(run), deadline);
        return new Load(plan, tags, tags, transport, InstantSource.system(), listener);
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
            }
            received.complete(null);
        } catch (RuntimeException e) {
            // Whatever it was, the sending thread must know that no more answers will come.
            listening.completeExceptionally(e);
            received.completeExceptionally(e);
        }
    }

    private void book(byte[] bytes) {
        answers.decode(bytes).ifPresent(answer -> tally.book(answer, elapsedNanos()));
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}

package millrace.devkit.load;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import millrace.schemas.AdRequest;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * One run of a plan: sends every request at its due time, come what may, and books every answer.
 *
 * <p>Two threads: the caller's sends, one of its own receives. The sender looks about once a millisecond and sends all that is due; what
 * that adds to a latency is counted, since latencies begin at the due time.
 */
public final class Load {

    private static final Duration LEAD = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(50);
    /** How long second answers are looked for after the last first one. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    private static final long TICK_NANOS = 1_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final LoadPlan plan;
    private final Schedule schedule;
    private final Tally tally;
    private final RequestTemplate template;
    private final AnswerDecoder decoder;
    private final Transport transport;
    private final InstantSource clock;
    private final LoadListener listener;
    private volatile boolean receiving = true;
    private long startNanos;
    private long latestSendNanos;
    private long nextProgressNanos;

    /**
     * @param run tells this run's request ids from those of other runs
     * @param encoder a request's bytes as they go on the topic
     * @param reader a record of {@link #answerSchema} from the bytes of the answer's topic; used by one thread
     * @param clock gives the requests their event time; latencies do not depend on it
     */
    public Load(
            LoadPlan plan,
            int run,
            Function<AdRequest, byte[]> encoder,
            Function<byte[], GenericRecord> reader,
            Transport transport,
            InstantSource clock,
            LoadListener listener) {
        var ids = new RequestIds(run);
        this.plan = plan;
        this.schedule = Schedule.of(plan);
        this.tally = new Tally(schedule);
        this.template = new RequestTemplate(plan.placement(), ids, encoder);
        this.decoder = new AnswerDecoder(ids, reader);
        this.transport = transport;
        this.clock = clock;
        this.listener = listener;
    }

    /** What is read of an answer. */
    public static Schema answerSchema() {
        return AnswerDecoder.projection();
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
            sendAll(received);
            awaitAnswers(received);
        } finally {
            receiving = false;
            receiver.join();
        }
        await(received);
        return tally.report(latestSendNanos);
    }

    private static void await(CompletableFuture<Void> step) {
        try {
            step.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("answers cannot be received: " + cause.getMessage(), cause);
        }
    }

    private void sendAll(CompletableFuture<Void> received) throws InterruptedException {
        nextProgressNanos = SECOND_NANOS;
        boolean measuring = false;
        for (int request = 0; request < schedule.size() && !received.isDone(); request++) {
            if (!measuring && schedule.isMeasured(request)) {
                measuring = true;
                awaitDue(schedule.measureFromNanos());
                listener.measuring();
            }
            awaitDue(schedule.dueNanos(request));
            send(request);
        }
        awaitDue(schedule.measureToNanos());
        listener.sent();
    }

    private void send(int request) {
        int user = schedule.user(request);
        transport.send(RequestTemplate.userKey(user), template.request(request, user, clock.millis()));
        long now = elapsedNanos();
        latestSendNanos = Math.max(latestSendNanos, now - schedule.dueNanos(request));
        progress(now, request + 1);
    }

    private void awaitDue(long dueNanos) throws InterruptedException {
        for (long wait = dueNanos - elapsedNanos(); wait > 0; wait = dueNanos - elapsedNanos()) {
            // Whole ticks: one wake-up serves all that fall due in it.
            LockSupport.parkNanos(Math.max(wait, TICK_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void awaitAnswers(CompletableFuture<Void> received) throws InterruptedException {
        long end = elapsedNanos() + plan.patience().toNanos();
        while (!tally.isComplete() && elapsedNanos() < end && !received.isDone()) {
            progress(elapsedNanos(), schedule.size());
            Thread.sleep(10);
        }
        if (!received.isDone()) {
            Thread.sleep(SETTLE.toMillis());
        }
    }

    private void progress(long nowNanos, int sent) {
        if (nowNanos >= nextProgressNanos) {
            nextProgressNanos = nowNanos + SECOND_NANOS;
            listener.progress(sent, tally.answered(), schedule.size());
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
        decoder.decode(bytes).ifPresent(answer -> tally.book(answer, elapsedNanos()));
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}

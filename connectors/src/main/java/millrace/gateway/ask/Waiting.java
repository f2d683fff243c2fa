package millrace.gateway.ask;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The calls that wait for an answer: each has a number, which its request carries and its answer brings back, and a deadline. Whatever comes
 * first ends it, once: so a second answer, or one after the deadline, finds nobody. No call has a thread. Safe for any thread.
 */
public final class Waiting implements AutoCloseable {
    private static final int CORRELATION_BYTES = 16;

    private final long instance;
    private final int most;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentHashMap<Long, Call> calls = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("gateway-timer").factory());

    private record Call(Consumer<Outcome> then, Future<?> deadline) {}

    /**
     * @param instance a random number that no other gateway has, nor this one after a restart
     * @param most calls at a time
     */
    public Waiting(long instance, int most) {
        this.instance = instance;
        this.most = most;
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * A further call.
     *
     * @param then told the outcome, on the thread that brings it
     * @return its number; empty when too many wait, and nobody is told
     */
    public Optional<byte[]> begin(Duration within, Consumer<Outcome> then) {
        if (calls.size() >= most) {
            return Optional.empty();
        }
        long number = numbers.incrementAndGet();
        Future<?> deadline =
                timer.schedule(() -> end(number, new Outcome.Late()), within.toNanos(), TimeUnit.NANOSECONDS);
        calls.put(number, new Call(then, deadline));
        if (deadline.isDone()) {
            // It was over before it was written down.
            end(number, new Outcome.Late());
        }
        return Optional.of(ByteBuffer.allocate(CORRELATION_BYTES)
                .putLong(instance)
                .putLong(number)
                .array());
    }

    /** Whether a call with this number still waits here; answers of others, and to others, do not. */
    public boolean expects(byte[] correlation) {
        return number(correlation).filter(calls::containsKey).isPresent();
    }

    /** @return false when nobody waits for it any more */
    public boolean end(byte[] correlation, Outcome outcome) {
        return number(correlation).map(number -> end(number, outcome)).orElse(false);
    }

    public int size() {
        return calls.size();
    }

    private boolean end(long number, Outcome outcome) {
        Call call = calls.remove(number);
        if (call == null) {
            return false;
        }
        call.deadline().cancel(false);
        call.then().accept(outcome);
        return true;
    }

    private Optional<Long> number(byte[] correlation) {
        if (correlation.length != CORRELATION_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(correlation);
        return bytes.getLong() == instance ? Optional.of(bytes.getLong()) : Optional.empty();
    }

    /** Those that still wait are told that it is too late. */
    @Override
    public void close() {
        calls.keySet().forEach(number -> end(number, new Outcome.Late()));
        timer.shutdownNow();
    }
}

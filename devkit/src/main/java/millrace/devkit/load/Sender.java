package millrace.devkit.load;

import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends every request of a schedule at its due time, come what may. Looks about once a millisecond and sends all that is due by then;
 * what that adds to a latency is counted, since latencies begin at the due time.
 */
final class Sender {

    private static final long TICK_NANOS = 1_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Schedule schedule;
    private final Requests requests;
    private final Transport transport;
    private final InstantSource clock;
    private final LoadListener listener;
    private final Tally tally;
    private long startNanos;
    private long latestNanos;
    private long nextProgressNanos = SECOND_NANOS;

    Sender(
            Schedule schedule,
            Requests requests,
            Transport transport,
            InstantSource clock,
            LoadListener listener,
            Tally tally) {
        this.schedule = schedule;
        this.requests = requests;
        this.transport = transport;
        this.clock = clock;
        this.listener = listener;
        this.tally = tally;
    }

    /**
     * Returns at the end of the schedule, or when it is cancelled.
     *
     * @param start of the load, as {@link System#nanoTime}
     */
    void run(long start, BooleanSupplier cancelled) throws InterruptedException {
        startNanos = start;
        boolean measuring = false;
        for (int request = 0; request < schedule.size() && !cancelled.getAsBoolean(); request++) {
            if (!measuring && schedule.isMeasured(request)) {
                measuring = true;
                awaitDue(schedule.measureFromNanos());
                listener.measuring();
            }
            awaitDue(schedule.dueNanos(request));
            send(request);
        }
        if (!cancelled.getAsBoolean()) {
            awaitDue(schedule.measureToNanos());
            listener.sent();
        }
    }

    /** How long after its due time a request was sent at worst. */
    long latestNanos() {
        return latestNanos;
    }

    private void send(int request) {
        int user = schedule.user(request);
        transport.send(RequestTemplate.userKey(user), requests.request(request, user, clock.millis()));
        long now = elapsedNanos();
        latestNanos = Math.max(latestNanos, now - schedule.dueNanos(request));
        if (now >= nextProgressNanos) {
            nextProgressNanos = now + SECOND_NANOS;
            listener.progress(request + 1, tally.answered(), schedule.size());
        }
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

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}

package millrace.rotation;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many calls a second, kept by a virtual schedule (GCRA): each call moves the moment at which the next one is due by its share of a second, and calls
 * may come early by {@value #BURST_MILLIS} ms. Safe for any thread.
 */
final class RateLimit {
    private static final long SECOND = 1_000_000_000;
    private static final int BURST_MILLIS = 100;

    private final long share;
    private final long early;
    private final AtomicLong due;

    RateLimit(int perSecond, long now) {
        share = SECOND / perSecond;
        early = Math.max(share, SECOND / 1_000 * BURST_MILLIS);
        due = new AtomicLong(now);
    }

    /** Whether a call may be made; taken is nothing. */
    boolean admits(long now) {
        return next(due.get(), now) - now <= early;
    }

    boolean take(long now) {
        while (true) {
            long was = due.get();
            long next = next(was, now);
            if (next - now > early) {
                return false;
            }
            if (due.compareAndSet(was, next)) {
                return true;
            }
        }
    }

    private long next(long was, long now) {
        return (was - now > 0 ? was : now) + share;
    }
}

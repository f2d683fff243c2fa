package millrace.gateway.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How often each client may ask: a steady rate, and a second's worth at once (the generic cell rate algorithm, which keeps one number a
 * client). At most {@value #MOST} clients are remembered; beyond that those who have been quiet are forgotten, and while there are none,
 * newcomers are let through. Safe for any thread.
 */
public final class Rates {
    static final int MOST = 100_000;
    private static final long SECOND = 1_000_000_000L;

    private final ConcurrentHashMap<String, Long> dueNanos = new ConcurrentHashMap<>();
    private final long betweenNanos;
    private final LongSupplier nanoTime;
    private final int most;

    /** @param perSecond 0 sets no limit */
    public Rates(int perSecond, LongSupplier nanoTime) {
        this(perSecond, nanoTime, MOST);
    }

    Rates(int perSecond, LongSupplier nanoTime, int most) {
        this.betweenNanos = perSecond == 0 ? 0 : SECOND / perSecond;
        this.nanoTime = nanoTime;
        this.most = most;
    }

    /** Takes one turn of the client's, if it has one. */
    public boolean admits(String client) {
        if (betweenNanos == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (dueNanos.size() >= most && !dueNanos.containsKey(client)) {
            forgetTheQuiet(now);
            if (dueNanos.size() >= most) {
                return true;
            }
        }
        boolean[] admitted = new boolean[1];
        dueNanos.compute(client, (key, due) -> {
            long from = due == null || due - now < 0 ? now : due;
            admitted[0] = from + betweenNanos - now <= SECOND;
            return admitted[0] ? from + betweenNanos : from;
        });
        return admitted[0];
    }

    int remembered() {
        return dueNanos.size();
    }

    private void forgetTheQuiet(long now) {
        dueNanos.values().removeIf(due -> due - now < 0);
    }
}

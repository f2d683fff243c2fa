package millrace.upstream.bidding;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import millrace.catalog.BidderTerms;

/**
 * What one bidder takes: so many calls at once, so many a second. The rate is kept by a virtual schedule (GCRA): each call moves the moment at which the
 * next one is due by its share of a second, and a call may come early by {@value #BURST_MILLIS} ms of calls. Safe for any thread.
 */
final class Gate {
    private static final long SECOND = 1_000_000_000;
    private static final int BURST_MILLIS = 100;

    private final LongSupplier nanoTime;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong due;

    Gate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.due = new AtomicLong(nanoTime.getAsLong());
    }

    /** @return why not; when there is no reason, {@link #leave} follows */
    Optional<String> enter(BidderTerms terms) {
        if (open.incrementAndGet() > terms.maxConcurrent()) {
            open.decrementAndGet();
            return Optional.of("has " + terms.maxConcurrent() + " calls open, as many as it takes");
        }
        if (terms.maxPerSecond().isPresent() && !isDue(terms.maxPerSecond().getAsInt())) {
            open.decrementAndGet();
            return Optional.of("takes " + terms.maxPerSecond().getAsInt() + " calls a second, and has had them");
        }
        return Optional.empty();
    }

    void leave() {
        open.decrementAndGet();
    }

    private boolean isDue(int perSecond) {
        long share = SECOND / perSecond;
        long early = Math.max(share, SECOND / 1_000 * BURST_MILLIS);
        while (true) {
            long now = nanoTime.getAsLong();
            long was = due.get();
            long next = (was - now > 0 ? was : now) + share;
            if (next - now > early) {
                return false;
            }
            if (due.compareAndSet(was, next)) {
                return true;
            }
        }
    }
}

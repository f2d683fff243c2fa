package millrace.rotation;

import java.util.OptionalInt;
import millrace.catalog.BreakerTerms;
import millrace.catalog.UpstreamConfig;
import org.jspecify.annotations.Nullable;

/** What keeps an upstream from calls that it does not take: its breaker and its rate. For all partitions of a process; safe for any thread. */
final class Guard {
    private final String url;
    private final BreakerTerms terms;
    private final OptionalInt perSecond;
    private final Breaker breaker;
    private final @Nullable RateLimit rate;

    Guard(UpstreamConfig upstream, long now, RotationListener listener) {
        url = upstream.url();
        terms = upstream.rotation().breaker();
        perSecond = upstream.rotation().maxPerSecond();
        breaker = new Breaker(terms, now, state -> tell(upstream.id(), state, listener));
        rate = perSecond.isPresent() ? new RateLimit(perSecond.getAsInt(), now) : null;
    }

    private static void tell(String upstream, BreakerState now, RotationListener listener) {
        switch (now) {
            case BreakerState.Closed closed -> listener.breakerClosed(upstream);
            case BreakerState.Open open -> listener.breakerOpened(upstream);
            case BreakerState.HalfOpen trial -> {}
        }
    }

    /** Whether it still is that of an upstream; another address is another upstream, and other terms begin anew. */
    boolean isOf(UpstreamConfig upstream) {
        return url.equals(upstream.url())
                && terms.equals(upstream.rotation().breaker())
                && perSecond.equals(upstream.rotation().maxPerSecond());
    }

    Breaker breaker() {
        return breaker;
    }

    boolean isWithinRate(long now) {
        return rate == null || rate.admits(now);
    }

    boolean takeRate(long now) {
        return rate == null || rate.take(now);
    }
}

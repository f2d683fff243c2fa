package millrace.rotation;

import java.time.Duration;
import java.util.Optional;
import millrace.catalog.BreakerTerms;

/**
 * The calls of one pool to one plugin. Whatever the plugin throws ends here, also what it could not be linked for and a stack that it used up. One that fails too often is
 * left alone for a while, so that it does not cost every request a failure.
 */
final class PluginCalls {
    /** Half of at least 20 calls failed within ten seconds: five seconds of rest, then one call to try. */
    private static final BreakerTerms TERMS =
            new BreakerTerms(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), Optional.empty());

    private final String name;
    private final RotationListener listener;
    private final Breaker breaker;

    PluginCalls(String name, RotationListener listener, long now) {
        this.name = name;
        this.listener = listener;
        this.breaker = new Breaker(TERMS, now, _ -> {});
    }

    /** What a call is ended with, or {@link Breaker#REFUSED} when it is not to be made. */
    long enter(long now) {
        return breaker.enter(now);
    }

    void went(long pass, long now) {
        breaker.answered(pass, 0, now);
    }

    void failed(long pass, long now, Throwable why) {
        breaker.failed(pass, now);
        tell(why);
    }

    /** A failure that is no call's. */
    void tell(Throwable why) {
        listener.pluginFailed(name, why);
    }
}

package millrace.catalog;

import java.time.Duration;
import java.util.Optional;

/**
 * When an upstream is left alone for a while.
 *
 * @param failurePercent share of bad calls within the window at which it is, in percent
 * @param leastCalls calls within the window below which it never is
 * @param window how far back calls count
 * @param open how long it is left alone before one request tries it
 * @param slow how long a call may take; a proper answer that took longer is as bad as none. Absent: as long as it likes
 */
public record BreakerTerms(
        int failurePercent, int leastCalls, Duration window, Duration open, Optional<Duration> slow) {
    public static final BreakerTerms USUAL =
            new BreakerTerms(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), Optional.empty());
}

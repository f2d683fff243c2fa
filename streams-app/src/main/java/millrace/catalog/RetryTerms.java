package millrace.catalog;

import java.time.Duration;

/**
 * Asking once more, when every upstream of a pool has failed a slot.
 *
 * @param times how often a slot asks again; 0 is never
 * @param statuses whether a status of 500 and above is worth it; no connection always is
 * @param pause about how long it waits before; twice as long each time
 */
public record RetryTerms(int times, boolean statuses, Duration pause) {
    public static final RetryTerms NONE = new RetryTerms(0, true, Duration.ofMillis(20));
}

package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;

/** When a request must be answered. */
final class Deadlines {
    /** A client's clock that is further behind than the longest deadline is wrong, and so not believed. */
    private static final long BELIEVED_MILLIS = 60_000;

    private Deadlines() {}

    /**
     * The client's event time, bounded by the broker's, and the time that the request gives, else the placement, else the setting.
     *
     * @param timestamp the broker's time of the request, in milliseconds since 1970
     */
    static Instant of(AdRequest request, Placement placement, long timestamp, DecisionSettings settings) {
        Long asked = request.getEventTime();
        boolean believed = asked != null && asked <= timestamp && asked >= timestamp - BELIEVED_MILLIS;
        Duration allowed = Optional.ofNullable(request.getDeadlineMillis())
                .map(Duration::ofMillis)
                .or(placement::deadline)
                .orElse(settings.deadline());
        return Instant.ofEpochMilli(believed ? asked : timestamp).plus(allowed);
    }
}

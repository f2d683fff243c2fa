package millrace.devkit.referee;

import java.time.Instant;

/** From its first moment to the one at which all were answering again, something died, slept or was away. */
public record Disturbance(Instant from, Instant to) {

    /** Whether it came between two decisions on one request. */
    boolean isBetween(Instant first, Instant second) {
        return !first.isAfter(to) && !second.isBefore(from);
    }
}

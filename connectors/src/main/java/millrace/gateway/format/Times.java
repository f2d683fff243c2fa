package millrace.gateway.format;

import java.time.Duration;
import java.util.Optional;

/**
 * How the time of a call is shared.
 *
 * @param usual where the call names none
 * @param longest that one may name
 * @param margin kept for the way to the pipeline and back
 */
public record Times(Duration usual, Duration longest, Duration margin) {

    /** All the time that a call has. */
    public Duration within(Optional<Duration> named) {
        Duration wanted = named.orElse(usual);
        return wanted.compareTo(longest) > 0 ? longest : wanted;
    }

    /** What the pipeline gets of it: never less than half, at least a millisecond. */
    public int deadlineMillis(Duration within) {
        long all = within.toMillis();
        return (int) Math.max(1, Math.max(all - margin.toMillis(), all / 2));
    }
}

package millrace.catalog;

import java.time.Duration;
import java.time.ZoneId;

/** Over what a cap counts. */
public sealed interface CapSpan {

    /** A stretch of the clock's time. */
    sealed interface Timed extends CapSpan permits Rolling, Calendar {}

    /** Any span of this length, to the millisecond. */
    record Rolling(Duration length) implements Timed {
        public Rolling {
            if (length.toMillis() < 1) {
                throw new IllegalArgumentException("rolling window is " + length + "; it must be 1 ms or more");
            }
        }
    }

    /** The hour, day, week (from Monday) or month that the clock of {@code zone} shows. */
    record Calendar(Unit unit, ZoneId zone) implements Timed {
        public enum Unit {
            HOUR,
            DAY,
            WEEK,
            MONTH
        }
    }

    /** The user's session, from its first request on. */
    record Session() implements CapSpan {}

    /** The ads of one request. */
    record Pod() implements CapSpan {}

    /** All that was served since a rule like it is in the catalog. */
    record Lifetime() implements CapSpan {}
}

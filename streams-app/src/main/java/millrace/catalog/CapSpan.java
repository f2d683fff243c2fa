package millrace.catalog;

import java.time.Duration;
import java.time.ZoneId;

/** Over what a cap counts. */
public sealed interface CapSpan {

    /** Any span of this length, to the millisecond. */
    record Rolling(Duration length) implements CapSpan {
        public Rolling {
            if (length.toMillis() < 1) {
                throw new IllegalArgumentException("rolling window is " + length + "; it must be 1 ms or more");
            }
        }
    }

    /** The hour, day, week (from Monday) or month that the clock of {@code zone} shows. */
    record Calendar(Unit unit, ZoneId zone) implements CapSpan {
        public enum Unit {
            HOUR,
            DAY,
            WEEK,
            MONTH
        }
    }
}

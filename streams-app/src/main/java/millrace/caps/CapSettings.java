package millrace.caps;

import java.time.Duration;
import java.time.Instant;
import millrace.catalog.CapSpan;

/**
 * How long exposures are kept, and in what portions.
 *
 * @param maxWindow longest window of any rule, 1 minute to 366 days; a longer rule is refused, never undercounted
 * @param slot time that one row covers, 1 minute to 1 day; part of the keys, so fixed for the life of the store
 * @param lateness how far behind the newest decision of its partition a decision may still be made, up to 7 days
 */
public record CapSettings(Duration maxWindow, Duration slot, Duration lateness) {
    public static final CapSettings DEFAULT =
            new CapSettings(Duration.ofDays(31), Duration.ofDays(1), Duration.ofHours(1));

    /** A clock that is set back makes a calendar month longer than 31 days; no zone has gone back by more than a day. */
    private static final Duration SET_BACK = Duration.ofDays(1);

    public CapSettings {
        within("caps.max.window", maxWindow, Duration.ofMinutes(1), Duration.ofDays(366));
        within("caps.slot", slot, Duration.ofMinutes(1), Duration.ofDays(1));
        within("caps.lateness", lateness, Duration.ZERO, Duration.ofDays(7));
    }

    /** Whether exposures are kept long enough to count over this span. */
    public boolean keeps(CapSpan span) {
        return longest(span).compareTo(maxWindow) <= 0;
    }

    /** How long the store must remember, counted from the newest row. */
    public Duration retention() {
        return maxWindow.plus(SET_BACK).plus(slot).plus(lateness);
    }

    /** Whether exposures of a session that began then are all kept. */
    boolean keepsSince(Instant since, long at) {
        return at - since.toEpochMilli() <= maxWindow.toMillis();
    }

    Window slot(long millis) {
        long start = slotOf(millis);
        return new Window(start, start + slot.toMillis());
    }

    /** Start of the slot that {@code millis} falls in. */
    long slotOf(long millis) {
        return millis - Math.floorMod(millis, slot.toMillis());
    }

    private static Duration longest(CapSpan span) {
        return switch (span) {
            // Of a session it depends on when it began; the others are kept elsewhere.
            case CapSpan.Session session -> Duration.ZERO;
            case CapSpan.Pod pod -> Duration.ZERO;
            case CapSpan.Lifetime lifetime -> Duration.ZERO;
            case CapSpan.Rolling rolling -> rolling.length();
            case CapSpan.Calendar calendar ->
                switch (calendar.unit()) {
                    case HOUR -> Duration.ofHours(1);
                    case DAY -> Duration.ofDays(1);
                    case WEEK -> Duration.ofDays(7);
                    case MONTH -> Duration.ofDays(31);
                };
        };
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed is " + least + " to " + most);
        }
    }
}

package millrace.caps;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;

/** A stretch of time in milliseconds since 1970 UTC: {@code from} is in it, {@code to} is not. */
record Window(long from, long to) {
    /** All moments that share a window of this span with {@code at}. */
    static Window reach(CapSpan.Timed span, long at) {
        return switch (span) {
            case CapSpan.Rolling rolling -> {
                long length = rolling.length().toMillis();
                yield new Window(at - length + 1, at + length);
            }
            case CapSpan.Calendar calendar -> calendar(calendar, at);
        };
    }

    boolean has(long millis) {
        return from <= millis && millis < to;
    }

    /**
     * From the first moment at which the zone's clock shows this hour, day, week or month to the first at which it shows
     * the next: 23 or 25 hours for a day on which the clock changes, two for an hour that the clock shows twice.
     */
    private static Window calendar(CapSpan.Calendar span, long at) {
        ZoneRules rules = span.zone().getRules();
        Unit unit = span.unit();
        LocalDateTime clock = LocalDateTime.ofInstant(Instant.ofEpochMilli(at), span.zone());
        LocalDateTime next = floor(unit, clock);
        long from = firstMoment(rules, next);
        next = after(unit, next);
        long to = firstMoment(rules, next);
        // A clock set back over a boundary shows the old day again; the new one has begun all the same.
        while (to <= at) {
            from = to;
            next = after(unit, next);
            to = firstMoment(rules, next);
        }
        return new Window(from, to);
    }

    private static LocalDateTime floor(Unit unit, LocalDateTime clock) {
        return switch (unit) {
            case HOUR -> clock.truncatedTo(ChronoUnit.HOURS);
            case DAY -> clock.truncatedTo(ChronoUnit.DAYS);
            case WEEK -> clock.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> clock.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        };
    }

    private static LocalDateTime after(Unit unit, LocalDateTime start) {
        return switch (unit) {
            case HOUR -> start.plusHours(1);
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }

    /** When a clock first shows {@code local} or, where it skips it, something later. */
    private static long firstMoment(ZoneRules rules, LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        Instant first = change != null && change.isGap()
                ? change.getInstant()
                : local.toInstant(rules.getValidOffsets(local).getFirst());
        return first.toEpochMilli();
    }
}

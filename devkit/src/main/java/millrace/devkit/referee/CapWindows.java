package millrace.devkit.referee;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import millrace.schemas.CapRule;
import millrace.schemas.ServedAd;

/** Whether two ads of one user fall into one window of a rule. */
final class CapWindows {
    private CapWindows() {}

    static boolean share(CapRule rule, ServedAd one, ServedAd other) {
        return switch (rule.getWindow()) {
            case ROLLING -> Math.abs(one.getServedAt() - other.getServedAt()) < rule.getWindowMillis();
            case HOUR, DAY, WEEK, MONTH -> begin(rule, one).equals(begin(rule, other));
            case SESSION -> one.getSessionId() != null && one.getSessionId().equals(other.getSessionId());
            case POD -> one.getRequestId().equals(other.getRequestId());
            case LIFETIME -> true;
        };
    }

    private static ZonedDateTime begin(CapRule rule, ServedAd ad) {
        ZonedDateTime local = Instant.ofEpochMilli(ad.getServedAt()).atZone(ZoneId.of(rule.getZone()));
        ZonedDateTime midnight = local.truncatedTo(ChronoUnit.DAYS);
        return switch (rule.getWindow()) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
            case DAY -> midnight;
            case WEEK -> midnight.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> midnight.withDayOfMonth(1);
            default -> throw new IllegalArgumentException(rule.getWindow() + " has no calendar");
        };
    }
}

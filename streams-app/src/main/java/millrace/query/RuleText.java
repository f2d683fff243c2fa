package millrace.query;

import java.util.Locale;
import millrace.catalog.CapSpan;
import millrace.config.Durations;

/** Windows of cap rules, as the catalog file writes them. */
final class RuleText {
    private RuleText() {}

    static String per(CapSpan span) {
        return switch (span) {
            case CapSpan.Rolling rolling -> Durations.format(rolling.length());
            case CapSpan.Calendar calendar ->
                calendar.unit().name().toLowerCase(Locale.ROOT) + "@"
                        + calendar.zone().getId();
            case CapSpan.Session session -> "session";
            case CapSpan.Pod pod -> "pod";
            case CapSpan.Lifetime lifetime -> "lifetime";
        };
    }
}

package millrace.catalog.file;

import java.util.Locale;
import java.util.Set;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;

/**
 * {@code {scope: user, limit: 3, per: 1h}}; a calendar window is {@code hour}, {@code day@Europe/Berlin}, {@code week}, {@code month};
 * {@code session}, {@code pod} and {@code lifetime} have no time zone.
 */
final class CapEntry {
    private static final Set<String> CALENDAR = Set.of("hour", "day", "week", "month");
    private static final Set<String> UNTIMED = Set.of("session", "pod", "lifetime");

    /** What {@code per} says. */
    private record Per(CapWindow window, long millis, String zone) {}

    private CapEntry() {}

    static CapRule read(Entry entry) {
        Per per = entry.required("per", "window", CapEntry::per).orElse(new Per(CapWindow.ROLLING, 1, "UTC"));
        entry.says("per", "windowMillis");
        entry.says("per", "zone");
        return CapRule.newBuilder()
                .setScope(entry.required("scope", "scope", Scalars.choice(CapScope.class))
                        .orElse(CapScope.USER))
                .setLimit(entry.required("limit", "limit", Scalars::number).orElse(1))
                .setWindow(per.window())
                .setWindowMillis(per.millis())
                .setZone(per.zone())
                .build();
    }

    private static Per per(String text) {
        int at = text.indexOf('@');
        String window = at < 0 ? text : text.substring(0, at);
        if (UNTIMED.contains(window) && at >= 0) {
            throw new IllegalArgumentException("is '" + text + "'; " + window + " has no time zone");
        }
        if (CALENDAR.contains(window) || UNTIMED.contains(window)) {
            String zone = at < 0 ? "UTC" : text.substring(at + 1);
            return new Per(CapWindow.valueOf(window.toUpperCase(Locale.ROOT)), 0, zone);
        }
        try {
            return new Per(CapWindow.ROLLING, Scalars.duration(text).toMillis(), "UTC");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "is '" + text
                            + "'; a duration such as 1h is wanted, or hour, day, week or month, with a time zone as in"
                            + " day@Europe/Berlin, or session, pod or lifetime",
                    e);
        }
    }
}

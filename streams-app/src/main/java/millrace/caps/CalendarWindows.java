package millrace.caps;

import java.util.HashMap;
import java.util.Map;
import millrace.catalog.CapSpan;

/** The windows that share a moment, as {@link Window#reach} says; remembers those of the calendar, which are slow to find. For one thread. */
final class CalendarWindows {
    /** As many as a catalog has zones and units; more are forgotten at once. */
    private static final int REMEMBERED = 2_000;

    private final Map<CapSpan.Calendar, Window> last = new HashMap<>();

    Window reach(CapSpan.Timed span, long at) {
        return switch (span) {
            case CapSpan.Rolling rolling -> Window.reach(rolling, at);
            case CapSpan.Calendar calendar -> calendar(calendar, at);
        };
    }

    private Window calendar(CapSpan.Calendar span, long at) {
        Window known = last.get(span);
        if (known != null && known.has(at)) {
            return known;
        }
        if (last.size() >= REMEMBERED) {
            last.clear();
        }
        Window found = Window.reach(span, at);
        last.put(span, found);
        return found;
    }
}

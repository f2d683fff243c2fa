package millrace.upstream.openrtb.check;

import java.util.List;
import millrace.upstream.openrtb.json.FaultList;
import millrace.upstream.openrtb.json.Place;
import org.jspecify.annotations.Nullable;

/** Notes what two attributes of an object may not be together. For one object. */
record Pairs(Place place, FaultList faults) {

    void exclusive(String one, @Nullable Object first, String other, @Nullable Object second) {
        if (isThere(first) && isThere(second)) {
            faults.add(place, one + " and " + other + " are exclusive");
        }
    }

    void require(boolean holds, String message) {
        if (!holds) {
            faults.add(place, message);
        }
    }

    void requireIn(String attribute, boolean holds, String message) {
        if (!holds) {
            faults.add(place.in(attribute), message);
        }
    }

    /** An empty list or text says nothing. */
    static boolean isThere(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case List<?> list -> !list.isEmpty();
            case String text -> !text.isEmpty();
            default -> true;
        };
    }
}

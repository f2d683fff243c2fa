package millrace.rotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The upstream that the session or user was given to, as long as it may be asked. Somebody new, or whose upstream may not, has no choice here: the fallback
 * chooses, and that choice is remembered from then on. Who only had nothing for this one request is passed over for it and stays the one.
 */
final class Sticky implements Selector {
    private final Stickiness by;
    private final Map<String, Integer> places = new HashMap<>();

    Sticky(Stickiness by, List<String> upstreams) {
        this.by = by;
        for (int i = 0; i < upstreams.size(); i++) {
            places.put(upstreams.get(i), i);
        }
    }

    @Override
    public int select(Members members) {
        List<String> remembered = members.asker().remembered(by);
        for (int i = 0; i < remembered.size(); i++) {
            int place = places.getOrDefault(remembered.get(i), NONE);
            if (place != NONE && members.isEligible(place)) {
                return place;
            }
        }
        return NONE;
    }

    /**
     * Notes the choice when it is to be kept: of somebody new, or whose upstream may not be asked any more.
     *
     * @return whether it had to leave an upstream
     */
    boolean keep(Members members, int chosen) {
        int before = latest(members);
        if (chosen == before || (before != NONE && members.isLasting(before))) {
            return false;
        }
        members.asker().remember(by, members.id(chosen));
        return before != NONE;
    }

    /** The one of this pool that it was with last. */
    private int latest(Members members) {
        List<String> remembered = members.asker().remembered(by);
        for (int i = 0; i < remembered.size(); i++) {
            int place = places.getOrDefault(remembered.get(i), NONE);
            if (place != NONE) {
                return place;
            }
        }
        return NONE;
    }
}

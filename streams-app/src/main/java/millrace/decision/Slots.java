package millrace.decision;

import java.util.IdentityHashMap;
import java.util.List;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/** What requests want filled. Remembers the usual slot of each placement, as long as the placement is the same. One a task. */
final class Slots {
    private static final int REMEMBERED = 1_000;

    private final IdentityHashMap<Placement, List<Slot>> usual = new IdentityHashMap<>();

    /** The request's slots; when it names none, one of the placement's kind and name. */
    List<Slot> of(AdRequest request, Placement placement) {
        if (!request.getSlots().isEmpty()) {
            return request.getSlots();
        }
        if (usual.size() > REMEMBERED) {
            usual.clear(); // Most are of placements that have changed since.
        }
        return usual.computeIfAbsent(placement, Slots::usual);
    }

    private static List<Slot> usual(Placement placement) {
        Integer longest = placement
                .maxDuration()
                .map(longestAd -> (int) longestAd.toMillis())
                .orElse(null);
        return List.of(Slot.newBuilder()
                .setId(placement.id())
                .setKind(placement.kind())
                .setMaxDurationMillis(longest)
                .build());
    }
}

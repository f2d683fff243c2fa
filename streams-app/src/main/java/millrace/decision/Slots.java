package millrace.decision;

import java.util.List;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/** What a request wants filled. */
final class Slots {
    private Slots() {}

    /** The request's slots; when it names none, one of the placement's kind and name. */
    static List<Slot> of(AdRequest request, Placement placement) {
        if (!request.getSlots().isEmpty()) {
            return request.getSlots();
        }
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

package millrace.decision;

import java.util.IdentityHashMap;
import java.util.List;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Pod;
import millrace.schemas.Slot;
import org.jspecify.annotations.Nullable;

/** What requests want filled. Remembers the usual slot of each placement, as long as the placement is the same. One a task. */
final class Slots {
    private static final int REMEMBERED = 1_000;

    private final IdentityHashMap<Placement, List<Slot>> usual = new IdentityHashMap<>();

    /** The request's slots; when it names none, one of the placement's kind and name. What a break demands of an ad is in its slot. */
    List<Slot> of(AdRequest request, Placement placement) {
        List<Slot> slots = named(request, placement);
        Pod pod = request.getPod();
        if (pod == null && slots.stream().allMatch(slot -> slot.getPod() == null)) {
            return slots;
        }
        return slots.stream()
                .map(slot -> inBreak(slot, pod == null ? slot.getPod() : pod))
                .toList();
    }

    private static Slot inBreak(Slot slot, @Nullable Pod pod) {
        if (pod == null) {
            return slot;
        }
        Slot.Builder ad = Slot.newBuilder(slot).setPod(pod);
        if (slot.getRequiredDurationsMillis().isEmpty()) {
            ad.setMinDurationMillis(largest(slot.getMinDurationMillis(), pod.getMinAdMillis()))
                    .setMaxDurationMillis(
                            least(least(slot.getMaxDurationMillis(), pod.getMaxAdMillis()), pod.getTotalMillis()));
        }
        return ad.build();
    }

    private static @Nullable Integer least(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : other == null ? one : Integer.valueOf(Math.min(one, other));
    }

    private static @Nullable Integer largest(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : other == null ? one : Integer.valueOf(Math.max(one, other));
    }

    private List<Slot> named(AdRequest request, Placement placement) {
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

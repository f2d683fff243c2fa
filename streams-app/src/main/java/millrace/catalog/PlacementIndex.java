package millrace.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Campaigns by the placements that they want, in the order in which they are asked. Never changes: a change makes a new one, which
 * shares the lists that stay the same.
 *
 * <p>Those that want every placement are kept apart, and put between a placement's own when it is first asked for; so a change of one
 * costs the same with one placement as with a thousand.
 */
final class PlacementIndex {
    private static final Comparator<Campaign> ORDER = Comparator.comparingInt(Campaign::priority)
            .reversed()
            .thenComparing(Campaign::price, Comparator.reverseOrder())
            .thenComparing(Campaign::id);

    private final List<Campaign> everywhere;
    private final Map<String, List<Campaign>> targeted;
    /** What a placement is answered with; the same whoever puts it here first. */
    private final Map<String, List<Campaign>> merged = new ConcurrentHashMap<>();

    private PlacementIndex(List<Campaign> everywhere, Map<String, List<Campaign>> targeted) {
        this.everywhere = everywhere;
        this.targeted = targeted;
    }

    static PlacementIndex empty() {
        return new PlacementIndex(List.of(), Map.of());
    }

    static PlacementIndex of(Collection<Campaign> campaigns) {
        List<Campaign> everywhere = new ArrayList<>();
        Map<String, List<Campaign>> targeted = new HashMap<>();
        campaigns.stream().sorted(ORDER).forEach(campaign -> {
            if (campaign.placements().isEmpty()) {
                everywhere.add(campaign);
            }
            campaign.placements()
                    .forEach(placement -> targeted.computeIfAbsent(placement, _ -> new ArrayList<>())
                            .add(campaign));
        });
        return new PlacementIndex(everywhere, targeted);
    }

    List<Campaign> campaignsFor(String placement) {
        List<Campaign> own = targeted.get(placement);
        if (own == null) {
            return Collections.unmodifiableList(everywhere);
        }
        List<Campaign> known = merged.get(placement);
        if (known != null) {
            return known;
        }
        List<Campaign> all = merge(own, everywhere);
        merged.put(placement, all);
        return all;
    }

    PlacementIndex with(Campaign campaign) {
        if (campaign.placements().isEmpty()) {
            return new PlacementIndex(inserted(everywhere, campaign), targeted);
        }
        Map<String, List<Campaign>> changed = new HashMap<>(targeted);
        campaign.placements()
                .forEach(placement ->
                        changed.put(placement, inserted(changed.getOrDefault(placement, List.of()), campaign)));
        return new PlacementIndex(everywhere, changed);
    }

    PlacementIndex without(Campaign campaign) {
        if (campaign.placements().isEmpty()) {
            return new PlacementIndex(removed(everywhere, campaign), targeted);
        }
        Map<String, List<Campaign>> changed = new HashMap<>(targeted);
        campaign.placements().forEach(placement -> {
            List<Campaign> rest = removed(changed.getOrDefault(placement, List.of()), campaign);
            if (rest.isEmpty()) {
                changed.remove(placement);
            } else {
                changed.put(placement, rest);
            }
        });
        return new PlacementIndex(everywhere, changed);
    }

    private static List<Campaign> inserted(List<Campaign> sorted, Campaign campaign) {
        List<Campaign> copy = new ArrayList<>(sorted);
        // Ids differ, so the campaign is never found and the answer is -(place) - 1.
        copy.add(-Collections.binarySearch(sorted, campaign, ORDER) - 1, campaign);
        return copy;
    }

    private static List<Campaign> removed(List<Campaign> sorted, Campaign campaign) {
        List<Campaign> copy = new ArrayList<>(sorted);
        copy.remove(Collections.binarySearch(sorted, campaign, ORDER));
        return copy;
    }

    private static List<Campaign> merge(List<Campaign> a, List<Campaign> b) {
        List<Campaign> all = new ArrayList<>(a.size() + b.size());
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            all.add(ORDER.compare(a.get(i), b.get(j)) < 0 ? a.get(i++) : b.get(j++));
        }
        all.addAll(a.subList(i, a.size()));
        all.addAll(b.subList(j, b.size()));
        return Collections.unmodifiableList(all);
    }
}

package millrace.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.schemas.CapScope;

/**
 * Which ads have to be counted for ever, because a lifetime rule of the catalog asks how many there were. Never changes: a change makes a
 * new one.
 *
 * <p>A campaign's rule about campaigns is about itself, and a placement's about placements is about itself; every other rule may be asked
 * about any id of its scope.
 */
public final class LifetimeInterest {
    public static final LifetimeInterest NONE = new LifetimeInterest(Map.of());

    /** How many rules ask for it. */
    private final Map<Asked, Integer> rules;

    /** @param id absent is any */
    private record Asked(CapScope scope, Optional<String> id) {}

    private LifetimeInterest(Map<Asked, Integer> rules) {
        this.rules = rules;
    }

    static LifetimeInterest ofCampaigns(Collection<Campaign> campaigns) {
        LifetimeInterest all = NONE;
        for (Campaign campaign : campaigns) {
            all = all.with(campaign);
        }
        return all;
    }

    static LifetimeInterest ofPlacements(Collection<Placement> placements) {
        LifetimeInterest all = NONE;
        for (Placement placement : placements) {
            all = all.changed(placement.caps(), CapScope.PLACEMENT, placement.id(), 1);
        }
        return all;
    }

    public boolean isNone() {
        return rules.isEmpty();
    }

    /** Whether ads of this id are counted. */
    public boolean counts(CapScope scope, String id) {
        return rules.containsKey(new Asked(scope, Optional.empty()))
                || rules.containsKey(new Asked(scope, Optional.of(id)));
    }

    LifetimeInterest with(Campaign campaign) {
        return changed(campaign.caps(), CapScope.CAMPAIGN, campaign.id(), 1);
    }

    LifetimeInterest without(Campaign campaign) {
        return changed(campaign.caps(), CapScope.CAMPAIGN, campaign.id(), -1);
    }

    LifetimeInterest and(LifetimeInterest other) {
        if (other.isNone() || isNone()) {
            return other.isNone() ? this : other;
        }
        Map<Asked, Integer> both = new HashMap<>(rules);
        other.rules.forEach((asked, count) -> both.merge(asked, count, Integer::sum));
        return new LifetimeInterest(both);
    }

    private LifetimeInterest changed(List<CapRule> caps, CapScope own, String id, int by) {
        LifetimeInterest changed = this;
        for (CapRule rule : caps) {
            if (rule.span() instanceof CapSpan.Lifetime) {
                changed = changed.changed(
                        new Asked(rule.scope(), rule.scope() == own ? Optional.of(id) : Optional.empty()), by);
            }
        }
        return changed;
    }

    private LifetimeInterest changed(Asked asked, int by) {
        Map<Asked, Integer> changed = new HashMap<>(rules);
        int count = changed.getOrDefault(asked, 0) + by;
        if (count == 0) {
            changed.remove(asked);
        } else {
            changed.put(asked, count);
        }
        return new LifetimeInterest(changed);
    }
}

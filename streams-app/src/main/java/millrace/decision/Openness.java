package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.budget.BudgetOutlook;
import millrace.caps.CapSubject;
import millrace.caps.CapVerdict;
import millrace.caps.Exposures;
import millrace.catalog.Campaign;
import millrace.catalog.CapRule;
import millrace.catalog.Placement;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a campaign before anybody is asked, for one user at one moment. Binds nobody: it only spares calls that
 * cannot win. The user's exposures are read once, when the first rule is asked about.
 */
final class Openness {
    private final Rooms rooms;
    private final String userKey;
    private final Placement placement;
    private final Instant now;
    private @Nullable Exposures exposures;

    Openness(Rooms rooms, String userKey, Placement placement, Instant now) {
        this.rooms = rooms;
        this.userKey = userKey;
        this.placement = placement;
        this.now = now;
    }

    boolean isFunded(Campaign campaign) {
        return rooms.budgets().outlook(campaign, now) instanceof BudgetOutlook.Open;
    }

    boolean isUncapped(Campaign campaign) {
        List<CapRule> rules = rules(campaign, placement);
        if (rules.isEmpty()) {
            return true;
        }
        CapSubject subject = CapSubject.beforeTheAnswer(campaign.id(), campaign.advertiser(), placement.id());
        CapVerdict verdict = rooms.caps().check(rules, subject, exposures(), now);
        rooms.meters().capVerdict(verdict);
        return verdict instanceof CapVerdict.Allowed;
    }

    /** All that must allow an ad: the campaign's and the placement's. */
    static List<CapRule> rules(Campaign campaign, Placement placement) {
        if (placement.caps().isEmpty()) {
            return campaign.caps();
        }
        List<CapRule> rules = new ArrayList<>(campaign.caps());
        rules.addAll(placement.caps());
        return rules;
    }

    private Exposures exposures() {
        Exposures read = exposures;
        if (read == null) {
            List<CapRule> all = new ArrayList<>(placement.caps());
            rooms.catalog().campaignsFor(placement.id()).forEach(campaign -> all.addAll(campaign.caps()));
            read = rooms.caps().exposuresOf(userKey, all, now);
            exposures = read;
        }
        return read;
    }
}

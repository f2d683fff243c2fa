package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.budget.BudgetOutlook;
import millrace.caps.CapSubject;
import millrace.caps.CapVerdict;
import millrace.caps.UserCaps;
import millrace.catalog.Campaign;
import millrace.catalog.CapRule;
import millrace.catalog.Placement;

/**
 * What can be said of a campaign before anybody is asked, for one user at one moment. Binds nobody: it only spares calls that
 * cannot win.
 */
final class Openness {
    private final Rooms rooms;
    private final UserCaps caps;
    private final Placement placement;
    private final Instant now;
    private boolean hasForeseen;

    Openness(Rooms rooms, UserCaps caps, Placement placement, Instant now) {
        this.rooms = rooms;
        this.caps = caps;
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
        foresee();
        CapSubject subject = CapSubject.beforeTheAnswer(campaign.id(), campaign.advertiser(), placement.id());
        CapVerdict verdict = caps.check(rules, subject, now);
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

    /** One read for all who may be asked about. */
    private void foresee() {
        if (!hasForeseen) {
            hasForeseen = true;
            caps.foresee(placement.caps(), now);
            for (Campaign campaign : rooms.catalog().campaignsFor(placement.id())) {
                caps.foresee(campaign.caps(), now);
            }
        }
    }
}

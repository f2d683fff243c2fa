package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.budget.BudgetOutlook;
import millrace.caps.CapSubject;
import millrace.caps.CapVerdict;
import millrace.catalog.Campaign;
import millrace.catalog.CapRule;
import millrace.upstream.openrtb.auction.Admission;
import millrace.upstream.openrtb.auction.LossReason;
import millrace.upstream.openrtb.auction.Refusal;
import millrace.upstream.openrtb.auction.Winner;

/** Where caps and budgets take part in an auction: a capped bid loses, and the next one wins. Writes and consumes nothing. */
record BidAdmission(Rooms rooms, InFlight flight, Bidding bidding, Instant now) implements Admission {

    @Override
    public List<Refused> refused(List<Winner> proposed) {
        List<CapSubject> ahead = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < proposed.size(); i++) {
            Winner winner = proposed.get(i);
            if (!isWanted(winner)) {
                continue; // Its slot is filled, by this bid or by another buyer.
            }
            BidSubject said = BidSubject.of(winner, rooms.catalog());
            Optional<Refusal> why = bidding.refusal(winner.bid()).or(() -> obstacle(said, ahead));
            if (why.isPresent()) {
                refused.add(new Refused(i, why.get()));
            } else {
                ahead.add(said.subject(flight.placement));
            }
        }
        return refused;
    }

    private boolean isWanted(Winner winner) {
        return !bidding.isServed(winner.bid())
                && bidding.slot(winner.bid())
                        .flatMap(flight::run)
                        .filter(run -> !(run.progress instanceof SlotRun.Decided))
                        .isPresent();
    }

    private Optional<Refusal> obstacle(BidSubject said, List<CapSubject> ahead) {
        CapVerdict caps = flight.caps.check(rules(said, flight), said.subject(flight.placement), ahead, now);
        rooms.meters().capVerdict(caps);
        if (!(caps instanceof CapVerdict.Allowed)) {
            return Optional.of(new Refusal(LossReason.FREQUENCY_CAP, "a frequency cap is full"));
        }
        return said.campaign().flatMap(campaign -> obstacle(campaign, said.bid()));
    }

    private Optional<Refusal> obstacle(Campaign campaign, Winner winner) {
        if (!Decision.runs(campaign, now)) {
            return Optional.of(new Refusal(LossReason.CREATIVE_FILTERED, "its campaign is paused, or not in flight"));
        }
        if (!campaign.currency().equals(winner.currency())) {
            return Optional.of(
                    new Refusal(LossReason.NO_RATE, "the budget of its campaign is in " + campaign.currency()));
        }
        return rooms.budgets().outlook(campaign, now) instanceof BudgetOutlook.Open
                ? Optional.empty()
                : Optional.of(new Refusal(LossReason.BUDGET_EXHAUSTED, "the budget of its campaign is used up"));
    }

    /** All that must allow a bid: its campaign's, when it has one here, and the placement's. */
    static List<CapRule> rules(BidSubject said, InFlight flight) {
        return said.campaign()
                .map(campaign -> Openness.rules(campaign, flight.placement))
                .orElse(flight.placement.caps());
    }
}

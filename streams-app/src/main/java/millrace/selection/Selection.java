package millrace.selection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import millrace.catalog.Campaign;
import millrace.catalog.Catalog;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/**
 * Which campaigns may compete for a slot, and in which order. The entrance of the selection room; pure: nothing is
 * remembered, and the same arguments give the same shortlist.
 *
 * <p>Order: priority, then the currency that the request names first (prices of different currencies do not compare), then
 * price, then a draw by request, slot and campaign, so that equal campaigns share the traffic and a replay shares it alike.
 */
public final class Selection {
    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingInt(
                    (Ranked ranked) -> -ranked.campaign.priority())
            .thenComparingInt(Ranked::currencyRank)
            .thenComparing(ranked -> ranked.campaign.price(), Comparator.reverseOrder())
            .thenComparingLong(Ranked::draw)
            .thenComparing(ranked -> ranked.campaign.id());

    private record Ranked(Campaign campaign, int currencyRank, long draw) {}

    private final Catalog catalog;

    public Selection(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @param funded whether a campaign's budget has, or may soon have, money: an empty lease is no reason to drop it
     * @param uncapped whether the user's caps may still allow an ad of it; asked last, and only of those that are left
     */
    public Shortlist shortlist(
            AdRequest request,
            Slot slot,
            Placement placement,
            Instant now,
            Predicate<Campaign> funded,
            Predicate<Campaign> uncapped) {
        Opening opening = Opening.of(request, slot, placement, now);
        List<Ranked> kept = new ArrayList<>();
        List<Dropped> dropped = new ArrayList<>();
        for (Campaign campaign : catalog.campaignsFor(placement.id())) {
            obstacle(campaign, opening, funded, uncapped)
                    .ifPresentOrElse(
                            reason -> dropped.add(new Dropped(campaign, reason)),
                            () -> kept.add(ranked(campaign, opening)));
        }
        kept.sort(BEST_FIRST);
        return new Shortlist(
                kept.stream().map(ranked -> new Candidate(ranked.campaign)).toList(), dropped);
    }

    private static Optional<DropReason> obstacle(
            Campaign campaign, Opening opening, Predicate<Campaign> funded, Predicate<Campaign> uncapped) {
        if (!campaign.active()) {
            return Optional.of(DropReason.PAUSED);
        }
        if (!opening.isInFlight(campaign)) {
            return Optional.of(DropReason.NOT_IN_FLIGHT);
        }
        if (!opening.isTargetedBy(campaign)) {
            return Optional.of(DropReason.TARGETING);
        }
        if (opening.blocks(campaign.advertiser())) {
            return Optional.of(DropReason.BLOCKED_ADVERTISER);
        }
        return priceObstacle(campaign, opening).or(() -> stateObstacle(campaign, funded, uncapped));
    }

    private static Optional<DropReason> priceObstacle(Campaign campaign, Opening opening) {
        Floor floor = opening.floor();
        if (opening.rankOf(campaign.currency()) < 0 || !floor.comparesWith(campaign.currency())) {
            return Optional.of(DropReason.CURRENCY);
        }
        return floor.isMetBy(campaign.price()) ? Optional.empty() : Optional.of(DropReason.BELOW_FLOOR);
    }

    private static Optional<DropReason> stateObstacle(
            Campaign campaign, Predicate<Campaign> funded, Predicate<Campaign> uncapped) {
        if (!funded.test(campaign)) {
            return Optional.of(DropReason.BUDGET);
        }
        return uncapped.test(campaign) ? Optional.empty() : Optional.of(DropReason.CAPPED);
    }

    private static Ranked ranked(Campaign campaign, Opening opening) {
        long draw = opening.lot().with(campaign.id()).bits();
        return new Ranked(campaign, opening.rankOf(campaign.currency()), draw);
    }
}

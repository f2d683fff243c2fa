package millrace.budget;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.Budget;
import millrace.catalog.Campaign;
import millrace.catalog.Catalog;
import millrace.catalog.Placement;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import millrace.money.Cpm;
import millrace.money.Money;
import millrace.schemas.SelectorKind;

/** A catalog of campaigns that a test changes at will. */
final class Campaigns implements Catalog {
    private final Map<String, Campaign> campaigns = new HashMap<>();

    void put(Campaign campaign) {
        campaigns.put(campaign.id(), campaign);
    }

    void remove(String id) {
        campaigns.remove(id);
    }

    static Campaign limited(String id, long priceNanos, long budgetNanos) {
        return campaign(id, true, "USD", priceNanos, Optional.of(new Money(budgetNanos)));
    }

    /** As a campaign whose terms a test changes. */
    static Campaign with(Campaign from, Budget budget, Optional<Instant> start, Optional<Instant> end) {
        return new Campaign(
                from.id(),
                from.advertiser(),
                from.active(),
                from.priority(),
                start,
                end,
                from.currency(),
                from.price(),
                budget,
                from.caps(),
                from.placements(),
                from.countries(),
                from.deviceTypes(),
                from.supply());
    }

    static Campaign unlimited(String id, long priceNanos) {
        return campaign(id, true, "USD", priceNanos, Optional.empty());
    }

    static Campaign campaign(String id, boolean active, String currency, long priceNanos, Optional<Money> budget) {
        return new Campaign(
                id,
                "advertiser",
                active,
                0,
                Optional.empty(),
                Optional.empty(),
                currency,
                new Cpm(priceNanos),
                budget.map(Budget::ofTotal).orElse(Budget.UNLIMITED),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                new Supply.Pooled(List.of("upstream"), SelectorKind.ROUND_ROBIN));
    }

    @Override
    public Optional<Campaign> campaign(String id) {
        return Optional.ofNullable(campaigns.get(id));
    }

    @Override
    public Optional<Placement> placement(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<UpstreamConfig> upstream(String id) {
        return Optional.empty();
    }

    @Override
    public List<Campaign> campaignsFor(String placement) {
        return List.copyOf(campaigns.values());
    }
}

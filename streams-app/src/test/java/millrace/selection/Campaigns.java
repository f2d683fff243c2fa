package millrace.selection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.Budget;
import millrace.catalog.Campaign;
import millrace.catalog.Catalog;
import millrace.catalog.Placement;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import millrace.money.Cpm;
import millrace.schemas.SelectorKind;

/** A catalog of campaigns, each an ordinary one but for what a test changes. */
final class Campaigns implements Catalog {
    private final List<Campaign> all = new ArrayList<>();

    Campaigns add(Campaign... campaigns) {
        all.addAll(List.of(campaigns));
        return this;
    }

    static Campaign of(String id) {
        return new Campaign(
                id,
                "acme.example",
                true,
                0,
                Optional.empty(),
                Optional.empty(),
                "USD",
                new Cpm(2_000_000),
                Budget.UNLIMITED,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                new Supply.Pooled(List.of("up1"), SelectorKind.ROUND_ROBIN));
    }

    static Campaign priced(String id, int priority, String currency, long micros) {
        Campaign c = of(id);
        return new Campaign(
                id,
                c.advertiser(),
                true,
                priority,
                c.flightStart(),
                c.flightEnd(),
                currency,
                new Cpm(micros),
                c.budget(),
                c.caps(),
                c.placements(),
                c.countries(),
                c.deviceTypes(),
                c.supply());
    }

    static Campaign paused(String id) {
        Campaign c = of(id);
        return new Campaign(
                id,
                c.advertiser(),
                false,
                0,
                c.flightStart(),
                c.flightEnd(),
                c.currency(),
                c.price(),
                c.budget(),
                c.caps(),
                c.placements(),
                c.countries(),
                c.deviceTypes(),
                c.supply());
    }

    static Campaign flying(String id, Instant start, Instant end) {
        Campaign c = of(id);
        return new Campaign(
                id,
                c.advertiser(),
                true,
                0,
                Optional.of(start),
                Optional.of(end),
                c.currency(),
                c.price(),
                c.budget(),
                c.caps(),
                c.placements(),
                c.countries(),
                c.deviceTypes(),
                c.supply());
    }

    static Campaign targeting(String id, Set<String> placements, Set<String> countries, Set<Integer> deviceTypes) {
        Campaign c = of(id);
        return new Campaign(
                id,
                c.advertiser(),
                true,
                0,
                c.flightStart(),
                c.flightEnd(),
                c.currency(),
                c.price(),
                c.budget(),
                c.caps(),
                placements,
                countries,
                deviceTypes,
                c.supply());
    }

    static Campaign advertisedBy(String id, String advertiser) {
        Campaign c = of(id);
        return new Campaign(
                id,
                advertiser,
                true,
                0,
                c.flightStart(),
                c.flightEnd(),
                c.currency(),
                c.price(),
                c.budget(),
                c.caps(),
                c.placements(),
                c.countries(),
                c.deviceTypes(),
                c.supply());
    }

    @Override
    public Optional<Placement> placement(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Campaign> campaign(String id) {
        return all.stream().filter(campaign -> campaign.id().equals(id)).findFirst();
    }

    @Override
    public Optional<UpstreamConfig> upstream(String id) {
        return Optional.empty();
    }

    @Override
    public List<Campaign> campaignsFor(String placement) {
        return List.copyOf(all);
    }
}

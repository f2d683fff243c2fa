package millrace.catalog;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import millrace.money.Rates;

/**
 * The catalog of this process. One thread writes (that of the global stores), any number read: each change makes a new snapshot, which
 * is swapped in at once, so a reader never waits and never sees half of a change.
 */
public final class LiveCatalog implements Catalog {

    private record Snapshot(
            Map<String, Campaign> campaigns,
            Map<String, Placement> placements,
            Map<String, UpstreamConfig> upstreams,
            PlacementIndex index,
            LifetimeInterest ofCampaigns,
            LifetimeInterest lifetime,
            Map<String, CurrencyRates> currencies,
            Rates rates) {

        static final Snapshot EMPTY = new Snapshot(
                Map.of(),
                Map.of(),
                Map.of(),
                PlacementIndex.empty(),
                LifetimeInterest.NONE,
                LifetimeInterest.NONE,
                Map.of(),
                Rates.NONE);

        Snapshot withCampaigns(Map<String, Campaign> changed, PlacementIndex indexed, LifetimeInterest interest) {
            return new Snapshot(
                    changed,
                    placements,
                    upstreams,
                    indexed,
                    interest,
                    interest.and(LifetimeInterest.ofPlacements(placements.values())),
                    currencies,
                    rates);
        }

        Snapshot withPlacements(Map<String, Placement> changed) {
            return new Snapshot(
                    campaigns,
                    changed,
                    upstreams,
                    index,
                    ofCampaigns,
                    ofCampaigns.and(LifetimeInterest.ofPlacements(changed.values())),
                    currencies,
                    rates);
        }

        Snapshot withUpstreams(Map<String, UpstreamConfig> changed) {
            return new Snapshot(campaigns, placements, changed, index, ofCampaigns, lifetime, currencies, rates);
        }

        Snapshot withCurrencies(Map<String, CurrencyRates> changed) {
            Map<String, Map<String, BigDecimal>> table = HashMap.newHashMap(changed.size());
            changed.forEach((currency, entry) -> table.put(currency, entry.rates()));
            return new Snapshot(
                    campaigns, placements, upstreams, index, ofCampaigns, lifetime, changed, new Rates(table));
        }
    }

    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /** One of the four kinds, as its writer sees it. */
    public interface Table<T> {
        /** Holds exactly these from now on. */
        void replaceAll(Collection<T> all);

        void put(T value);

        void remove(String id);
    }

    @Override
    public Optional<Placement> placement(String id) {
        return Optional.ofNullable(snapshot.placements().get(id));
    }

    @Override
    public Optional<Campaign> campaign(String id) {
        return Optional.ofNullable(snapshot.campaigns().get(id));
    }

    @Override
    public Optional<UpstreamConfig> upstream(String id) {
        return Optional.ofNullable(snapshot.upstreams().get(id));
    }

    @Override
    public Object upstreamsVersion() {
        return snapshot.upstreams();
    }

    @Override
    public List<Campaign> campaignsFor(String placement) {
        return snapshot.index().campaignsFor(placement);
    }

    /** All campaigns, in no order. */
    public Collection<Campaign> everyCampaign() {
        return Collections.unmodifiableCollection(snapshot.campaigns().values());
    }

    /** All placements, in no order. */
    public Collection<Placement> everyPlacement() {
        return Collections.unmodifiableCollection(snapshot.placements().values());
    }

    @Override
    public LifetimeInterest lifetime() {
        return snapshot.lifetime();
    }

    @Override
    public Rates rates() {
        return snapshot.rates();
    }

    public Table<Campaign> campaigns() {
        return new CampaignTable();
    }

    public Table<Placement> placements() {
        return new PlainTable<>(Placement::id, Snapshot::placements, Snapshot::withPlacements);
    }

    public Table<UpstreamConfig> upstreams() {
        return new PlainTable<>(UpstreamConfig::id, Snapshot::upstreams, Snapshot::withUpstreams);
    }

    public Table<CurrencyRates> currencies() {
        return new PlainTable<>(CurrencyRates::currency, Snapshot::currencies, Snapshot::withCurrencies);
    }

    private static <T> Map<String, T> byId(Collection<T> all, Function<T, String> id) {
        Map<String, T> map = HashMap.newHashMap(all.size());
        all.forEach(value -> map.put(id.apply(value), value));
        return map;
    }

    private final class PlainTable<T> implements Table<T> {
        private final Function<T, String> id;
        private final Function<Snapshot, Map<String, T>> read;
        private final BiFunction<Snapshot, Map<String, T>, Snapshot> write;

        private PlainTable(
                Function<T, String> id,
                Function<Snapshot, Map<String, T>> read,
                BiFunction<Snapshot, Map<String, T>, Snapshot> write) {
            this.id = id;
            this.read = read;
            this.write = write;
        }

        @Override
        public void replaceAll(Collection<T> all) {
            snapshot = write.apply(snapshot, byId(all, id));
        }

        @Override
        public void put(T value) {
            Map<String, T> changed = new HashMap<>(read.apply(snapshot));
            changed.put(id.apply(value), value);
            snapshot = write.apply(snapshot, changed);
        }

        @Override
        public void remove(String gone) {
            Map<String, T> changed = new HashMap<>(read.apply(snapshot));
            changed.remove(gone);
            snapshot = write.apply(snapshot, changed);
        }
    }

    private final class CampaignTable implements Table<Campaign> {
        @Override
        public void replaceAll(Collection<Campaign> all) {
            snapshot = snapshot.withCampaigns(
                    byId(all, Campaign::id), PlacementIndex.of(all), LifetimeInterest.ofCampaigns(all));
        }

        @Override
        public void put(Campaign value) {
            Map<String, Campaign> changed = new HashMap<>(snapshot.campaigns());
            Optional<Campaign> old = Optional.ofNullable(changed.put(value.id(), value));
            PlacementIndex index = old.map(snapshot.index()::without).orElse(snapshot.index());
            LifetimeInterest interest = old.map(snapshot.ofCampaigns()::without).orElse(snapshot.ofCampaigns());
            snapshot = snapshot.withCampaigns(changed, index.with(value), interest.with(value));
        }

        @Override
        public void remove(String id) {
            Map<String, Campaign> changed = new HashMap<>(snapshot.campaigns());
            Optional.ofNullable(changed.remove(id))
                    .ifPresent(old -> snapshot = snapshot.withCampaigns(
                            changed,
                            snapshot.index().without(old),
                            snapshot.ofCampaigns().without(old)));
        }
    }
}

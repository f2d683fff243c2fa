package millrace.rotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.catalog.Auth;
import millrace.catalog.BreakerTerms;
import millrace.catalog.PoolRules;
import millrace.catalog.RotationTerms;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.SelectorKind;

/** A rotation with a clock that is moved by hand, a catalog that is changed by hand, and chance from a seed. */
final class Bench implements RotationListener {
    final Upstreams catalog = new Upstreams();
    final List<String> heard = new ArrayList<>();
    final Map<Chooser, Integer> choosers = new HashMap<>();
    final Guards guards = new Guards(this);
    final Rotation rotation;
    long nanos = 77_000_000_000L;

    private final Plugins plugins;

    Bench(long seed) {
        this(seed, Plugins.NONE);
    }

    Bench(long seed, Plugins plugins) {
        this.plugins = plugins;
        this.rotation = another(seed);
    }

    /** A rotation of another partition of the same process. */
    Rotation another(long seed) {
        return new Rotation(RotationSettings.USUAL, guards, plugins, () -> nanos, random(seed), this);
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static Supply.Pooled pool(SelectorKind selector, String... upstreams) {
        return new Supply.Pooled(List.of(upstreams), selector);
    }

    static Supply.Pooled pool(SelectorKind selector, SelectorKind fallback, String... upstreams) {
        return new Supply.Pooled(
                List.of(upstreams), new PoolRules(selector, Optional.of(fallback), PoolRules.USUAL_FILTERS, false));
    }

    static Supply.Pooled anywhere(SelectorKind selector, String... upstreams) {
        return new Supply.Pooled(
                List.of(upstreams), new PoolRules(selector, Optional.empty(), PoolRules.USUAL_FILTERS, true));
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    Optional<UpstreamLease> lease(Supply.Pooled pool, Asker asker) {
        return rotation.choose(pool, catalog, asker);
    }

    UpstreamLease lease(Supply.Pooled pool) {
        return lease(pool, Somebody.ANYBODY).orElseThrow();
    }

    /** Chooses, and has an answer after that time. */
    String answered(Supply.Pooled pool, Duration after) {
        UpstreamLease lease = lease(pool);
        pass(after);
        lease.success();
        return lease.upstream().id();
    }

    /** Chooses one after the other; each answers at once. */
    Map<String, Integer> shares(Supply.Pooled pool, int requests) {
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            shares.merge(answered(pool, Duration.ofMillis(1)), 1, Integer::sum);
        }
        return shares;
    }

    static UpstreamConfig upstream(String id, RotationTerms terms) {
        return upstream(id, 1, terms);
    }

    static UpstreamConfig upstream(String id, int weight, RotationTerms terms) {
        return new UpstreamConfig(
                id,
                "https://ads.example/" + id,
                Duration.ofSeconds(1),
                weight,
                Map.of(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                terms,
                new Auth.None());
    }

    static RotationTerms serving(Set<String> countries, Set<String> regions) {
        return new RotationTerms(countries, regions, 0, OptionalInt.empty(), BreakerTerms.USUAL);
    }

    static RotationTerms perSecond(int most) {
        return new RotationTerms(Set.of(), Set.of(), 0, OptionalInt.of(most), BreakerTerms.USUAL);
    }

    static RotationTerms costing(long micros) {
        return new RotationTerms(Set.of(), Set.of(), micros, OptionalInt.empty(), BreakerTerms.USUAL);
    }

    static RotationTerms breaking(BreakerTerms breaker) {
        return new RotationTerms(Set.of(), Set.of(), 0, OptionalInt.empty(), breaker);
    }

    @Override
    public void chose(Chooser chooser) {
        choosers.merge(chooser, 1, Integer::sum);
    }

    @Override
    public void failedOver() {
        heard.add("failed over");
    }

    @Override
    public void breakerOpened(String upstream) {
        heard.add(upstream + " opened");
    }

    @Override
    public void pluginFailed(String plugin, Throwable why) {
        heard.add(plugin + ": " + why);
    }

    @Override
    public void breakerClosed(String upstream) {
        heard.add(upstream + " closed");
    }
}

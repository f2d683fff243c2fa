package millrace.catalog;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.check.Faults;
import millrace.schemas.Pool;
import millrace.schemas.PoolRetry;
import millrace.schemas.SelectorKind;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamBreaker;

/** What records say to rotation: checked, then read. */
final class RotationReader {
    private static final int MAX_PER_SECOND = 1_000_000;
    private static final int MAX_CALLS = 1_000_000;
    private static final int MIN_WINDOW_MILLIS = 100;
    private static final int HOUR_MILLIS = 3_600_000;
    private static final int MAX_SLOW_MILLIS = 30_000;
    private static final int MAX_RETRIES = 5;
    private static final int MAX_PAUSE_MILLIS = 10_000;
    private static final int MAX_PLACES = 1_000;
    private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    /** As catalog files write them. */
    private static final List<String> OWN_SELECTORS = Stream.of(SelectorKind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();

    private RotationReader() {}

    static void check(Upstream from, Faults faults) {
        Words words = new Words(faults);
        places("countries", from.getCountries(), faults);
        from.getCountries()
                .forEach(country -> faults.require(
                        COUNTRIES.contains(country),
                        "countries",
                        "'" + Words.shown(country) + "' is no country code of ISO 3166-1 alpha-2, such as DE"));
        places("regions", from.getRegions(), faults);
        from.getRegions().forEach(region -> words.text("regions", region, 64));
        Optional.ofNullable(from.getMaxPerSecond())
                .ifPresent(most -> faults.range("maxPerSecond", most, 1, MAX_PER_SECOND));
        faults.range("costCpmMicros", from.getCostCpmMicros(), 0, CatalogReader.MAX_CPM_MICROS);
        Optional.ofNullable(from.getBreaker()).ifPresent(breaker -> check(breaker, faults.in("breaker")));
    }

    private static void places(String where, List<String> places, Faults faults) {
        faults.require(
                places.size() <= MAX_PLACES, where, "has " + places.size() + " entries; allowed are " + MAX_PLACES);
    }

    private static void check(UpstreamBreaker breaker, Faults faults) {
        faults.range("failurePercent", breaker.getFailurePercent(), 1, 100);
        faults.range("leastCalls", breaker.getLeastCalls(), 1, MAX_CALLS);
        faults.range("windowMillis", breaker.getWindowMillis(), MIN_WINDOW_MILLIS, HOUR_MILLIS);
        faults.range("openMillis", breaker.getOpenMillis(), 1, HOUR_MILLIS);
        Optional.ofNullable(breaker.getSlowMillis())
                .ifPresent(slow -> faults.range("slowMillis", slow, 1, MAX_SLOW_MILLIS));
    }

    /** Of an upstream without a fault. */
    static RotationTerms terms(Upstream from) {
        return new RotationTerms(
                new HashSet<>(from.getCountries()),
                new HashSet<>(from.getRegions()),
                from.getCostCpmMicros(),
                from.getMaxPerSecond() == null ? OptionalInt.empty() : OptionalInt.of(from.getMaxPerSecond()),
                Optional.ofNullable(from.getBreaker())
                        .map(RotationReader::terms)
                        .orElse(BreakerTerms.USUAL));
    }

    private static BreakerTerms terms(UpstreamBreaker from) {
        return new BreakerTerms(
                from.getFailurePercent(),
                from.getLeastCalls(),
                Duration.ofMillis(from.getWindowMillis()),
                Duration.ofMillis(from.getOpenMillis()),
                Optional.ofNullable(from.getSlowMillis()).map(Duration::ofMillis));
    }

    static void check(Pool pool, PoolPlugins plugins, Faults faults) {
        if (pool.getPlugin() != null) {
            faults.require(
                    plugins.selectors().contains(pool.getPlugin()),
                    "plugin",
                    "is '" + Words.shown(pool.getPlugin()) + "'; wanted is one of "
                            + known(OWN_SELECTORS, plugins.selectors()));
        }
        if (pool.getFallback() != null) {
            faults.require(
                    !PoolRules.isSticky(pool.getFallback()),
                    "fallback",
                    "is " + pool.getFallback() + "; one that chooses by itself is wanted");
        }
        for (String name : pool.getFilters()) {
            faults.require(
                    PoolRules.USUAL_FILTERS.contains(name) || plugins.filters().contains(name),
                    "filters",
                    "'" + Words.shown(name) + "' is none that is known; known are "
                            + known(PoolRules.USUAL_FILTERS, plugins.filters()));
        }
        faults.require(
                new HashSet<>(pool.getFilters()).size() == pool.getFilters().size(),
                "filters",
                "names one filter twice");
        faults.require(
                !pool.getAnywhere() || pool.getFilters().contains(PoolRules.GEO),
                "anywhere",
                "is true, and filters has no geo that it could lift");
        if (pool.getRetry() != null) {
            Faults inside = faults.in("retry");
            inside.range("times", pool.getRetry().getTimes(), 1, MAX_RETRIES);
            inside.range("pauseMillis", pool.getRetry().getPauseMillis(), 1, MAX_PAUSE_MILLIS);
        }
    }

    private static String known(List<String> own, Set<String> plugins) {
        return Stream.concat(own.stream(), plugins.stream().sorted()).collect(Collectors.joining(", "));
    }

    /** Of a pool without a fault. */
    static PoolRules rules(Pool pool) {
        return new PoolRules(
                pool.getSelector(),
                Optional.ofNullable(pool.getPlugin()),
                Optional.ofNullable(pool.getFallback()),
                pool.getFilters(),
                pool.getAnywhere(),
                Optional.ofNullable(pool.getRetry()).map(RotationReader::terms).orElse(RetryTerms.NONE),
                pool.getHedge());
    }

    private static RetryTerms terms(PoolRetry from) {
        return new RetryTerms(from.getTimes(), from.getStatuses(), Duration.ofMillis(from.getPauseMillis()));
    }
}

package millrace.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import millrace.check.Checked;
import millrace.check.Faults;
import millrace.money.Cpm;
import millrace.money.Money;
import millrace.schemas.BidderLimits;
import millrace.schemas.CampaignStatus;
import millrace.schemas.PlacementAuction;
import millrace.schemas.Pool;
import millrace.schemas.Targeting;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the pipeline decides on of the records on the catalog topics. Every range that a schema states is checked here, for
 * {@code apply} before anything is sent, and for the pipeline because others may write to the topics; all faults are found at once.
 */
public final class CatalogReader {
    /** The highest CPM, a million currency units: below it no sum of prices of a day can overflow. */
    public static final long MAX_CPM_MICROS = 1_000_000_000_000L;

    /** The largest budget, four thousand million currency units: running totals have as much room again. */
    public static final long MAX_BUDGET_NANOS = 4_000_000_000_000_000_000L;

    private static final int MAX_PRIORITY = 1_000;
    private static final int MAX_TIMEOUT_MILLIS = 30_000;
    private static final int MAX_WEIGHT = 1_000_000;
    private static final int MAX_DEADLINE_MILLIS = 60_000;
    private static final int MIN_RESERVATION_MILLIS = 1_000;
    private static final int MAX_RESERVATION_MILLIS = 86_400_000;
    private static final int MAX_DEVICE_TYPE = 8;
    private static final int MAX_BIDDERS = 100;
    private static final int MAX_CONCURRENT = 100_000;
    private static final int MAX_PER_SECOND = 1_000_000;
    private static final int MAX_VENDOR = 65_535;
    private static final int MAX_DEFAULT_HEADERS = 50;
    private static final int MAX_CACHE_MILLIS = 86_400_000;
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie", "cookie2");
    private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private final CapReader caps;
    private final Duration upstreamTimeout;
    private final PoolPlugins plugins;

    /**
     * @param maxCapWindow the setting {@code caps.max.window}
     * @param upstreamTimeout the setting {@code upstream.timeout}, for upstreams without one
     */
    public CatalogReader(Duration maxCapWindow, Duration upstreamTimeout) {
        this(maxCapWindow, upstreamTimeout, PoolPlugins.NONE);
    }

    /**
     * @param maxCapWindow the setting {@code caps.max.window}
     * @param upstreamTimeout the setting {@code upstream.timeout}, for upstreams without one
     * @param plugins what the setting {@code rotation.plugins} brings
     */
    public CatalogReader(Duration maxCapWindow, Duration upstreamTimeout, PoolPlugins plugins) {
        this.caps = new CapReader(maxCapWindow);
        this.upstreamTimeout = upstreamTimeout;
        this.plugins = plugins;
    }

    public Checked<Campaign> campaign(millrace.schemas.Campaign from) {
        Faults faults = new Faults();
        Words words = new Words(faults);
        words.id("id", from.getId());
        words.name("name", from.getName());
        words.text("advertiser", from.getAdvertiser(), 256);
        faults.range("priority", from.getPriority(), -MAX_PRIORITY, MAX_PRIORITY);
        words.currency("currency", from.getCurrency());
        faults.range("priceCpmMicros", from.getPriceCpmMicros(), 0, MAX_CPM_MICROS);
        Optional.ofNullable(from.getBudgetNanos())
                .ifPresent(budget -> faults.range("budgetNanos", budget, 0, MAX_BUDGET_NANOS));
        Optional.ofNullable(from.getDailyBudgetNanos())
                .ifPresent(budget -> faults.range("dailyBudgetNanos", budget, 0, MAX_BUDGET_NANOS));
        flight(from, faults);
        Optional<ZoneId> zone = words.zone("zone", from.getZone());
        pacing(from, faults);
        List<CapRule> rules = caps.rulesOf(from, faults);
        Targeting targeting = Optional.ofNullable(from.getTargeting())
                .orElseGet(() -> Targeting.newBuilder().build());
        targeting(targeting, faults.in("targeting"));
        supply(from, faults);
        return faults.orValid(() -> new Campaign(
                from.getId(),
                from.getAdvertiser(),
                from.getStatus() == CampaignStatus.ACTIVE,
                from.getPriority(),
                Optional.ofNullable(from.getStartsAt()).map(Instant::ofEpochMilli),
                Optional.ofNullable(from.getEndsAt()).map(Instant::ofEpochMilli),
                from.getCurrency(),
                new Cpm(from.getPriceCpmMicros()),
                new Budget(
                        Optional.ofNullable(from.getBudgetNanos()).map(Money::new),
                        Optional.ofNullable(from.getDailyBudgetNanos()).map(Money::new),
                        zone.orElseThrow(),
                        from.getPacing()),
                rules,
                new HashSet<>(targeting.getPlacements()),
                new HashSet<>(targeting.getCountries()),
                new HashSet<>(targeting.getDeviceTypes()),
                Optional.ofNullable(from.getPool())
                        .<Supply>map(pool -> new Supply.Pooled(pool.getUpstreams(), RotationReader.rules(pool)))
                        .orElseGet(() -> new Supply.Own(from.getCreatives()))));
    }

    public Checked<UpstreamConfig> upstream(Upstream from) {
        Faults faults = new Faults();
        Words words = new Words(faults);
        words.id("id", from.getId());
        words.name("name", from.getName());
        faults.require(
                from.getProtocol() != UpstreamProtocol.UNSUPPORTED,
                "protocol",
                "is none that is known; supported are VAST and OPENRTB");
        bidder(from, faults);
        RotationReader.check(from, faults);
        AuthReader.check(from, faults);
        words.url("url", from.getUrl());
        Optional.ofNullable(from.getTimeoutMillis())
                .ifPresent(millis -> faults.range("timeoutMillis", millis, 1, MAX_TIMEOUT_MILLIS));
        faults.range("weight", from.getWeight(), 0, MAX_WEIGHT);
        from.getHeaders().forEach((name, value) -> words.header("headers", name, value));
        defaultHeaders(from, words, faults);
        cache(from, faults);
        from.getParams().keySet().forEach(name -> words.text("params", name, 256));
        from.getRawParams().forEach(name -> words.text("rawParams", name, 256));
        Optional.ofNullable(from.getUserIdParam()).ifPresent(name -> words.text("userIdParam", name, 256));
        Optional.ofNullable(from.getDeviceIdParam()).ifPresent(name -> words.text("deviceIdParam", name, 256));
        return faults.orValid(() -> new UpstreamConfig(
                from.getId(),
                from.getUrl(),
                millis(from.getTimeoutMillis()).orElse(upstreamTimeout),
                from.getWeight(),
                from.getHeaders(),
                from.getParams(),
                new HashSet<>(from.getRawParams()),
                Optional.ofNullable(from.getUserIdParam()),
                Optional.ofNullable(from.getDeviceIdParam()),
                terms(from),
                RotationReader.terms(from),
                AuthReader.auth(from),
                from.getDefaultHeaders(),
                Optional.ofNullable(from.getCache())
                        .map(cache ->
                                new CacheTerms(Duration.ofMillis(cache.getMaxAgeMillis()), cache.getTrackers()))));
    }

    public Checked<Placement> placement(millrace.schemas.Placement from) {
        Faults faults = new Faults();
        Words words = new Words(faults);
        words.id("id", from.getId());
        words.name("name", from.getName());
        words.currency("currency", from.getCurrency());
        faults.range("floorCpmMicros", from.getFloorCpmMicros(), 0, MAX_CPM_MICROS);
        Optional.ofNullable(from.getDeadlineMillis())
                .ifPresent(millis -> faults.range("deadlineMillis", millis, 1, MAX_DEADLINE_MILLIS));
        Optional.ofNullable(from.getReservationMillis())
                .ifPresent(millis ->
                        faults.range("reservationMillis", millis, MIN_RESERVATION_MILLIS, MAX_RESERVATION_MILLIS));
        Optional.ofNullable(from.getMaxDurationMillis())
                .ifPresent(millis -> faults.range("maxDurationMillis", millis, 1, Integer.MAX_VALUE));
        List<CapRule> rules = caps.rules(from.getCaps(), faults);
        Optional.ofNullable(from.getHouse()).ifPresent(house -> CreativeRules.check(house, faults.in("house")));
        Optional.ofNullable(from.getAuction()).ifPresent(auction -> auction(auction, faults.in("auction")));
        return faults.orValid(() -> new Placement(
                from.getId(),
                from.getKind(),
                from.getCurrency(),
                new Cpm(from.getFloorCpmMicros()),
                millis(from.getDeadlineMillis()),
                millis(from.getReservationMillis()),
                millis(from.getMaxDurationMillis()),
                rules,
                Optional.ofNullable(from.getHouse()),
                Optional.ofNullable(from.getAuction())
                        .map(auction -> new AuctionTerms(auction.getBidders(), auction.getPriority()))));
    }

    public Checked<CurrencyRates> rates(millrace.schemas.CurrencyRates from) {
        return RateReader.read(from);
    }

    private static void defaultHeaders(Upstream from, Words words, Faults faults) {
        int count = from.getDefaultHeaders().size();
        faults.require(
                count <= MAX_DEFAULT_HEADERS,
                "defaultHeaders",
                "has " + count + " entries; allowed are " + MAX_DEFAULT_HEADERS);
        Set<String> taken = new HashSet<>();
        from.getHeaders().keySet().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
        from.getDefaultHeaders().forEach((name, value) -> {
            words.header("defaultHeaders", name, value);
            String where = "defaultHeaders." + Words.shown(name);
            faults.require(
                    !CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)),
                    where,
                    "says who we are or who the user is; no request may override that");
            faults.require(taken.add(name.toLowerCase(Locale.ROOT)), where, "is there twice, or in headers too");
        });
    }

    private static void cache(Upstream from, Faults faults) {
        if (from.getCache() == null) {
            return;
        }
        faults.require(from.getProtocol() != UpstreamProtocol.OPENRTB, "cache", "is there, and bids are never kept");
        faults.in("cache").range("maxAgeMillis", from.getCache().getMaxAgeMillis(), 1, MAX_CACHE_MILLIS);
    }

    private static void bidder(Upstream from, Faults faults) {
        BidderLimits limits = from.getBidder();
        if (limits == null) {
            return;
        }
        faults.require(
                from.getProtocol() == UpstreamProtocol.OPENRTB,
                "bidder",
                "is there, and protocol is " + from.getProtocol() + "; only an upstream of OPENRTB has limits");
        Faults inside = faults.in("bidder");
        inside.range("maxConcurrent", limits.getMaxConcurrent(), 1, MAX_CONCURRENT);
        Optional.ofNullable(limits.getMaxPerSecond())
                .ifPresent(most -> inside.range("maxPerSecond", most, 1, MAX_PER_SECOND));
        Optional.ofNullable(limits.getGvlId()).ifPresent(vendor -> inside.range("gvlId", vendor, 1, MAX_VENDOR));
    }

    private static Optional<BidderTerms> terms(Upstream from) {
        if (from.getProtocol() != UpstreamProtocol.OPENRTB) {
            return Optional.empty();
        }
        BidderLimits limits = from.getBidder();
        return Optional.of(
                limits == null
                        ? BidderTerms.USUAL
                        : new BidderTerms(
                                limits.getMaxConcurrent(),
                                optional(limits.getMaxPerSecond()),
                                limits.getGzip(),
                                optional(limits.getGvlId())));
    }

    private static OptionalInt optional(@Nullable Integer stated) {
        return stated == null ? OptionalInt.empty() : OptionalInt.of(stated);
    }

    private static void auction(PlacementAuction auction, Faults faults) {
        Words words = new Words(faults);
        faults.range("priority", auction.getPriority(), -MAX_PRIORITY, MAX_PRIORITY);
        faults.require(
                !auction.getBidders().isEmpty() && auction.getBidders().size() <= MAX_BIDDERS,
                "bidders",
                "has " + auction.getBidders().size() + " entries; allowed are 1 to " + MAX_BIDDERS);
        auction.getBidders().forEach(id -> words.id("bidders", id));
        faults.require(
                new HashSet<>(auction.getBidders()).size()
                        == auction.getBidders().size(),
                "bidders",
                "names one bidder twice");
    }

    private static void flight(millrace.schemas.Campaign from, Faults faults) {
        Long start = from.getStartsAt();
        Long end = from.getEndsAt();
        if (start != null && end != null) {
            faults.require(
                    start < end,
                    "endsAt",
                    "is " + Instant.ofEpochMilli(end) + "; it must be after startsAt, which is "
                            + Instant.ofEpochMilli(start));
        }
    }

    /** Even over what? A span and an amount must be there. */
    private static void pacing(millrace.schemas.Campaign from, Faults faults) {
        switch (from.getPacing()) {
            case ASAP -> {}
            case EVEN_DAY ->
                faults.require(
                        from.getDailyBudgetNanos() != null, "pacing", "is EVEN_DAY; that needs dailyBudgetNanos");
            case EVEN_FLIGHT ->
                faults.require(
                        from.getBudgetNanos() != null && from.getStartsAt() != null && from.getEndsAt() != null,
                        "pacing",
                        "is EVEN_FLIGHT; that needs budgetNanos, startsAt and endsAt");
        }
    }

    private static void targeting(Targeting targeting, Faults faults) {
        Words words = new Words(faults);
        targeting.getPlacements().forEach(id -> words.id("placements", id));
        targeting
                .getCountries()
                .forEach(country -> faults.require(
                        COUNTRIES.contains(country),
                        "countries",
                        "'" + Words.shown(country) + "' is no country code of ISO 3166-1 alpha-2, such as DE"));
        targeting.getDeviceTypes().forEach(type -> faults.range("deviceTypes", type, 1, MAX_DEVICE_TYPE));
    }

    private void supply(millrace.schemas.Campaign from, Faults faults) {
        boolean pooled = from.getPool() != null;
        boolean own = !from.getCreatives().isEmpty();
        if (pooled == own) {
            faults.add(
                    pooled ? "creatives" : "pool",
                    "exactly one of pool and creatives is needed; there are " + (pooled ? "both" : "none"));
        }
        if (pooled) {
            pool(from.getPool(), faults.in("pool"));
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < from.getCreatives().size(); i++) {
            var creative = from.getCreatives().get(i);
            CreativeRules.check(creative, faults.in("creatives", i));
            faults.in("creatives", i)
                    .require(ids.add(creative.getId()), "id", "'" + Words.shown(creative.getId()) + "' is there twice");
        }
    }

    private void pool(Pool pool, Faults faults) {
        Words words = new Words(faults);
        faults.require(!pool.getUpstreams().isEmpty(), "upstreams", "is empty; at least one is needed");
        pool.getUpstreams().forEach(id -> words.id("upstreams", id));
        faults.require(
                new HashSet<>(pool.getUpstreams()).size() == pool.getUpstreams().size(),
                "upstreams",
                "names one upstream twice; use its weight instead");
        RotationReader.check(pool, plugins, faults);
    }

    private static Optional<Duration> millis(@Nullable Integer millis) {
        return Optional.ofNullable(millis).map(Duration::ofMillis);
    }
}

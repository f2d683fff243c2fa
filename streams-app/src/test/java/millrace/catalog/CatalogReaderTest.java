package millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.money.BudgetDay;
import millrace.money.Cpm;
import millrace.money.Money;
import millrace.schemas.BasicCredentials;
import millrace.schemas.BidderLimits;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.ClientCredentials;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Pacing;
import millrace.schemas.PlacementAuction;
import millrace.schemas.Pool;
import millrace.schemas.PoolRetry;
import millrace.schemas.SelectorKind;
import millrace.schemas.SlotKind;
import millrace.schemas.Targeting;
import millrace.schemas.Tracker;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamBreaker;
import millrace.schemas.UpstreamCache;
import millrace.schemas.UpstreamProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {
    private final CatalogReader reader = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));

    @Test
    void campaignWithEverythingIsRead() {
        Campaign campaign = valid(reader.campaign(campaign(from -> from.setPriority(7)
                .setStatus(CampaignStatus.PAUSED)
                .setStartsAt(1_000L)
                .setEndsAt(2_000L)
                .setPriceCpmMicros(2_500_000)
                .setBudgetNanos(1_000_000_000_000L)
                .setCaps(
                        List.of(cap(3, CapWindow.ROLLING, 3_600_000, "UTC"), cap(9, CapWindow.DAY, 0, "Europe/Berlin")))
                .setTargeting(Targeting.newBuilder()
                        .setPlacements(List.of("preroll"))
                        .setCountries(List.of("DE", "AT"))
                        .setDeviceTypes(List.of(3))
                        .build()))));

        assertThat(campaign.active()).isFalse();
        assertThat(campaign.flightStart()).contains(Instant.ofEpochMilli(1_000));
        assertThat(campaign.flightEnd()).contains(Instant.ofEpochMilli(2_000));
        assertThat(campaign.price()).isEqualTo(new Cpm(2_500_000));
        assertThat(campaign.budget().total()).contains(new Money(1_000_000_000_000L));
        assertThat(campaign.caps())
                .extracting(millrace.catalog.CapRule::span)
                .containsExactly(
                        new CapSpan.Rolling(Duration.ofHours(1)),
                        new CapSpan.Calendar(CapSpan.Calendar.Unit.DAY, ZoneId.of("Europe/Berlin")));
        assertThat(campaign.placements()).containsExactly("preroll");
        assertThat(campaign.countries()).containsExactlyInAnyOrder("DE", "AT");
        assertThat(campaign.supply()).isEqualTo(new Supply.Pooled(List.of("alpha"), SelectorKind.ROUND_ROBIN));
    }

    @Test
    void campaignWithTheLeastIsUnlimitedAndEverywhere() {
        Campaign campaign = valid(reader.campaign(campaign(
                from -> from.setPool(null).setCreatives(List.of(creative("c1").build())))));

        assertThat(campaign.active()).isTrue();
        assertThat(campaign.budget().isUnlimited()).isTrue();
        assertThat(campaign.placements()).isEmpty();
        assertThat(campaign.supply()).isInstanceOf(Supply.Own.class);
    }

    @Test
    void everyFaultOfACampaignIsListed() {
        List<Fault> faults = invalid(reader.campaign(campaign(from -> from.setId("no spaces")
                .setName("n".repeat(257))
                .setAdvertiser("")
                .setPriority(1_001)
                .setCurrency("EURO")
                .setPriceCpmMicros(-1)
                .setBudgetNanos(-5L)
                .setStartsAt(2_000L)
                .setEndsAt(2_000L)
                .setCaps(List.of(
                        cap(0, CapWindow.ROLLING, 0, "UTC"),
                        cap(501, CapWindow.SESSION, 0, "UTC"),
                        cap(1, CapWindow.HOUR, 0, "Mars/Olympus")))
                .setTargeting(Targeting.newBuilder()
                        .setPlacements(List.of("a b"))
                        .setCountries(List.of("de"))
                        .setDeviceTypes(List.of(9))
                        .build())
                .setPool(Pool.newBuilder()
                        .setUpstreams(List.of("alpha", "alpha", "?"))
                        .build())
                .setCreatives(List.of(creative("c").build(), creative("c").build())))));

        assertThat(faults)
                .extracting(Fault::where)
                .containsExactly(
                        "id",
                        "name",
                        "advertiser",
                        "priority",
                        "currency",
                        "priceCpmMicros",
                        "budgetNanos",
                        "endsAt",
                        "caps[0].limit",
                        "caps[0].windowMillis",
                        "caps[1].limit",
                        "caps[2].zone",
                        "targeting.placements",
                        "targeting.countries",
                        "targeting.deviceTypes",
                        "creatives",
                        "pool.upstreams",
                        "pool.upstreams",
                        "creatives[1].id");
        assertThat(faults).extracting(Fault::toString).contains("priority: is 1001; allowed is -1000 to 1000");
    }

    @Test
    void campaignWithoutPoolAndCreativesIsRefused() {
        assertThat(invalid(reader.campaign(campaign(from -> from.setPool(null)))))
                .containsExactly(new Fault("pool", "exactly one of pool and creatives is needed; there are none"));
        assertThat(invalid(reader.campaign(
                        campaign(from -> from.setPool(Pool.newBuilder().build())))))
                .extracting(Fault::where)
                .containsExactly("pool.upstreams");
    }

    @Test
    void dailyBudgetZoneAndPacingAreRead() {
        Campaign campaign = valid(reader.campaign(campaign(
                from -> from.setDailyBudgetNanos(5L).setZone("America/New_York").setPacing(Pacing.EVEN_DAY))));

        assertThat(campaign.budget())
                .isEqualTo(new Budget(
                        Optional.empty(), Optional.of(new Money(5)), ZoneId.of("America/New_York"), Pacing.EVEN_DAY));
        assertThat(campaign.budget().day(Instant.parse("2026-11-03T04:59:59Z")))
                .isEqualTo(BudgetDay.at(Instant.parse("2026-11-02T12:00:00Z"), ZoneOffset.UTC));
    }

    @Test
    void evenPacingWithoutAnAmountOrASpanIsRefused() {
        assertThat(invalid(
                        reader.campaign(campaign(from -> from.setBudgetNanos(5L).setPacing(Pacing.EVEN_DAY)))))
                .containsExactly(new Fault("pacing", "is EVEN_DAY; that needs dailyBudgetNanos"));
        assertThat(invalid(reader.campaign(
                        campaign(from -> from.setBudgetNanos(5L).setStartsAt(1L).setPacing(Pacing.EVEN_FLIGHT)))))
                .containsExactly(new Fault("pacing", "is EVEN_FLIGHT; that needs budgetNanos, startsAt and endsAt"));
        assertThat(invalid(reader.campaign(campaign(from -> from.setZone("Mars/Olympus")))))
                .extracting(Fault::where)
                .containsExactly("zone");
        valid(reader.campaign(campaign(
                from -> from.setBudgetNanos(5L).setStartsAt(1L).setEndsAt(2L).setPacing(Pacing.EVEN_FLIGHT))));
    }

    @Test
    void priceAndBudgetEndWhereSumsCouldOverflow() {
        assertThat(invalid(reader.campaign(campaign(from -> from.setDailyBudgetNanos(Long.MAX_VALUE)))))
                .containsExactly(
                        new Fault("dailyBudgetNanos", "is 9223372036854775807; allowed is 0 to 4000000000000000000"));
        assertThat(invalid(reader.campaign(campaign(from ->
                        from.setPriceCpmMicros(1_000_000_000_001L).setBudgetNanos(4_000_000_000_000_000_001L)))))
                .extracting(Fault::where)
                .containsExactly("priceCpmMicros", "budgetNanos");
        valid(reader.campaign(campaign(
                from -> from.setPriceCpmMicros(1_000_000_000_000L).setBudgetNanos(4_000_000_000_000_000_000L))));
    }

    @Test
    void capLongerThanWhatIsKeptIsRefusedNeverUndercounted() {
        CatalogReader week = new CatalogReader(Duration.ofDays(7), Duration.ofMillis(250));

        assertThat(invalid(week.campaign(campaign(from -> from.setCaps(List.of(
                        cap(1, CapWindow.ROLLING, Duration.ofDays(7).toMillis() + 1, "UTC"),
                        cap(1, CapWindow.MONTH, 0, "UTC")))))))
                .extracting(Fault::where)
                .containsExactly("caps[0].windowMillis", "caps[1].window");
        valid(week.campaign(campaign(from -> from.setCaps(List.of(
                cap(1, CapWindow.ROLLING, Duration.ofDays(7).toMillis(), "UTC"), cap(1, CapWindow.WEEK, 0, "UTC"))))));
    }

    @ParameterizedTest
    @EnumSource(
            value = CapWindow.class,
            names = {"HOUR", "DAY", "WEEK", "MONTH"})
    void calendarWindowsAreRead(CapWindow window) {
        Campaign campaign = valid(reader.campaign(campaign(from -> from.setCaps(List.of(cap(1, window, 0, "UTC"))))));

        assertThat(campaign.caps())
                .singleElement()
                .satisfies(rule -> assertThat(rule.span())
                        .isEqualTo(
                                new CapSpan.Calendar(CapSpan.Calendar.Unit.valueOf(window.name()), ZoneId.of("UTC"))));
    }

    @Test
    void moreThanFiftyRulesAreRefused() {
        List<CapRule> rules = IntStream.range(0, 51)
                .mapToObj(i -> cap(1, CapWindow.DAY, 0, "UTC"))
                .collect(Collectors.toList());

        assertThat(invalid(reader.campaign(campaign(from -> from.setCaps(rules)))))
                .extracting(Fault::where)
                .containsExactly("caps");
    }

    @Test
    void upstreamIsReadWithItsOwnTimeoutOrTheDefault() {
        UpstreamConfig plain = valid(reader.upstream(upstream(from -> {})));
        UpstreamConfig quick = valid(reader.upstream(upstream(from -> from.setTimeoutMillis(80)
                .setUserIdParam("uid")
                .setDeviceIdParam("did")
                .setRawParams(List.of("q")))));

        assertThat(plain.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(plain.userIdParam()).isEmpty();
        assertThat(quick.timeout()).isEqualTo(Duration.ofMillis(80));
        assertThat(quick.userIdParam()).contains("uid");
        assertThat(quick.deviceIdParam()).contains("did");
        assertThat(quick.rawParams()).containsExactly("q");
    }

    @Test
    void everyFaultOfABidderAndOfAnAuctionIsListed() {
        List<Fault> ofBidder = invalid(reader.upstream(upstream(from -> from.setProtocol(UpstreamProtocol.OPENRTB)
                .setBidder(BidderLimits.newBuilder()
                        .setMaxConcurrent(0)
                        .setGvlId(70_000)
                        .setMaxPerSecond(0)
                        .build()))));
        List<Fault> ofTag = invalid(reader.upstream(
                upstream(from -> from.setBidder(BidderLimits.newBuilder().build()))));
        List<Fault> ofAuction = invalid(reader.placement(placement(from -> from.setAuction(PlacementAuction.newBuilder()
                .setBidders(List.of("a", "a", "b c"))
                .setPriority(1_001)
                .build()))));

        assertThat(ofBidder)
                .extracting(Fault::where)
                .containsExactly("bidder.maxConcurrent", "bidder.maxPerSecond", "bidder.gvlId");
        assertThat(ofTag).extracting(Fault::where).containsExactly("bidder");
        assertThat(ofAuction)
                .extracting(Fault::where)
                .containsExactly("auction.priority", "auction.bidders", "auction.bidders");
    }

    @Test
    void everyFaultOfAnUpstreamIsListed() {
        List<Fault> faults = invalid(reader.upstream(upstream(from -> from.setId("")
                .setProtocol(UpstreamProtocol.UNSUPPORTED)
                .setUrl("ftp://host/tag")
                .setTimeoutMillis(30_001)
                .setWeight(-1)
                .setHeaders(Map.of("Bad Name", "x"))
                .setParams(Map.of("", "x"))
                .setRawParams(List.of("a\nb"))
                .setUserIdParam(" ")
                .setDeviceIdParam("")
                .setCountries(List.of("de"))
                .setRegions(List.of(""))
                .setMaxPerSecond(0)
                .setCostCpmMicros(-1)
                .setBreaker(UpstreamBreaker.newBuilder()
                        .setFailurePercent(0)
                        .setLeastCalls(0)
                        .setWindowMillis(99)
                        .setOpenMillis(0)
                        .setSlowMillis(0)
                        .build()))));

        assertThat(faults)
                .extracting(Fault::where)
                .containsExactly(
                        "id",
                        "protocol",
                        "countries",
                        "regions",
                        "maxPerSecond",
                        "costCpmMicros",
                        "breaker.failurePercent",
                        "breaker.leastCalls",
                        "breaker.windowMillis",
                        "breaker.openMillis",
                        "breaker.slowMillis",
                        "url",
                        "timeoutMillis",
                        "weight",
                        "headers.Bad Name",
                        "params",
                        "rawParams",
                        "userIdParam",
                        "deviceIdParam");
    }

    @Test
    void defaultHeadersAndCacheAreReadAndTheirFaultsListed() {
        UpstreamConfig upstream = valid(reader.upstream(upstream(from -> from.setHeaders(Map.of("X-Key", "k"))
                .setDefaultHeaders(Map.of("X-Genre", "any", "X-Show", ""))
                .setCache(UpstreamCache.newBuilder().setTrackers(true).build()))));
        assertThat(upstream.defaultHeaders()).isEqualTo(Map.of("X-Genre", "any", "X-Show", ""));
        assertThat(upstream.cache()).contains(new CacheTerms(Duration.ofHours(1), true));
        assertThat(upstream.withHeader("A", "b").defaultHeaders()).containsKey("X-Show");
        assertThat(upstream.withHeader("A", "b").cache()).isPresent();

        assertThat(invalid(reader.upstream(upstream(from -> from.setProtocol(UpstreamProtocol.OPENRTB)
                        .setHeaders(Map.of("X-Key", "k"))
                        .setDefaultHeaders(Map.of(
                                "x-key",
                                "1",
                                "authorization",
                                "2",
                                "Cookie",
                                "3",
                                "Host",
                                "4",
                                "A\r\nB",
                                "5",
                                "X",
                                "\n"))
                        .setCache(UpstreamCache.newBuilder().setMaxAgeMillis(0).build())))))
                .extracting(Fault::where)
                .containsExactlyInAnyOrder(
                        "defaultHeaders.x-key",
                        "defaultHeaders.authorization",
                        "defaultHeaders.Cookie",
                        "defaultHeaders.Host",
                        "defaultHeaders.A??B",
                        "defaultHeaders.X",
                        "cache",
                        "cache.maxAgeMillis");
    }

    @Test
    void whatRotationGoesByIsRead() {
        UpstreamConfig upstream = valid(reader.upstream(upstream(from -> from.setCountries(List.of("DE"))
                .setRegions(List.of("BY"))
                .setMaxPerSecond(50)
                .setCostCpmMicros(1_000)
                .setBreaker(UpstreamBreaker.newBuilder().setSlowMillis(200).build()))));

        assertThat(upstream.rotation())
                .isEqualTo(new RotationTerms(
                        Set.of("DE"),
                        Set.of("BY"),
                        1_000,
                        OptionalInt.of(50),
                        new BreakerTerms(
                                50,
                                20,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Optional.of(Duration.ofMillis(200)))));
        assertThat(valid(reader.upstream(upstream(from -> {}))).rotation()).isEqualTo(RotationTerms.USUAL);
    }

    @Test
    void credentialsAreReadInOneWayOnlyAndTheirFaultsShowNone() {
        assertThat(valid(reader.upstream(upstream(from -> from.setBasic(new BasicCredentials("we", "s3cret")))))
                        .auth())
                .isEqualTo(new Auth.Basic("we", "s3cret"));
        ClientCredentials client = ClientCredentials.newBuilder()
                .setTokenUrl("https://id.example/token")
                .setClientId("we")
                .setClientSecret("s3cret")
                .build();
        assertThat(valid(reader.upstream(upstream(from -> from.setOauth2(client))))
                        .auth())
                .isEqualTo(new Auth.OAuth2("https://id.example/token", "we", "s3cret", Optional.empty()));

        assertThat(invalid(reader.upstream(upstream(from -> from.setHeaders(Map.of("authorization", "s3cret"))
                        .setBasic(new BasicCredentials("a:b", "s3cret\n"))
                        .setOauth2(ClientCredentials.newBuilder()
                                .setTokenUrl("id.example")
                                .setClientId("")
                                .setClientSecret("s3cret".repeat(200))
                                .setScope("\u0000")
                                .build())))))
                .extracting(Fault::where)
                .containsExactly(
                        "oauth2",
                        "basic.user",
                        "basic.password",
                        "oauth2.tokenUrl",
                        "oauth2.clientId",
                        "oauth2.clientSecret",
                        "oauth2.scope");
        assertThat(invalid(reader.upstream(upstream(from -> from.setBasic(new BasicCredentials("", "s3cret\n")))))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void rulesOfAPoolAreReadAndAllTheirFaultsAreListed() {
        Campaign campaign = valid(reader.campaign(campaign(from -> from.setPool(Pool.newBuilder()
                .setUpstreams(List.of("alpha"))
                .setSelector(SelectorKind.STICKY_USER)
                .setFallback(SelectorKind.FASTEST)
                .setFilters(List.of("geo"))
                .setAnywhere(true)
                .build()))));
        assertThat(campaign.supply())
                .isEqualTo(new Supply.Pooled(
                        List.of("alpha"),
                        new PoolRules(
                                SelectorKind.STICKY_USER, Optional.of(SelectorKind.FASTEST), List.of("geo"), true)));

        assertThat(invalid(reader.campaign(campaign(from -> from.setPool(Pool.newBuilder()
                        .setUpstreams(List.of("alpha"))
                        .setFallback(SelectorKind.STICKY_SESSION)
                        .setFilters(List.of("rate", "rate", "wealth"))
                        .setAnywhere(true)
                        .setRetry(PoolRetry.newBuilder()
                                .setTimes(6)
                                .setPauseMillis(0)
                                .build())
                        .build())))))
                .extracting(Fault::toString)
                .containsExactly(
                        "pool.fallback: is STICKY_SESSION; one that chooses by itself is wanted",
                        "pool.filters: 'wealth' is none that is known; known are health, geo, rate",
                        "pool.filters: names one filter twice",
                        "pool.anywhere: is true, and filters has no geo that it could lift",
                        "pool.retry.times: is 6; allowed is 1 to 5",
                        "pool.retry.pauseMillis: is 0; allowed is 1 to 10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nX-Evil: 1", "secret\u0000", "secret\u00e9", "secret\u007f"})
    void headerValueThatCouldSplitARequestIsRefusedAndNotShown(String value) {
        assertThat(invalid(reader.upstream(upstream(from -> from.setHeaders(Map.of("X-Key", value))))))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.toString()).contains("headers.X-Key").doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION"})
    void headersOfTheConnectionAreRefused(String name) {
        assertThat(invalid(reader.upstream(upstream(from -> from.setHeaders(Map.of(name, "x"))))))
                .extracting(Fault::where)
                .containsExactly("headers." + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/tag",
                "http://",
                "https:///tag",
                "http://host/a b",
                "javascript:alert(1)",
                "http://host/\u0001"
            })
    void whatIsNoHttpUrlIsRefused(String url) {
        assertThat(invalid(reader.upstream(upstream(from -> from.setUrl(url)))))
                .extracting(Fault::where)
                .containsExactly("url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host",
                "HTTPS://host:8080/tag?cb=[CACHEBUSTING]&t=${TS}",
                "http://[::1]:8090/x",
                "http://пример.рф/тег?q=ы"
            })
    void urlsWithMacrosAndAnyScriptAreTaken(String url) {
        valid(reader.upstream(upstream(from -> from.setUrl(url))));
    }

    @Test
    void placementIsRead() {
        Placement placement = valid(reader.placement(placement(from -> from.setKind(SlotKind.AUDIO)
                .setFloorCpmMicros(500_000)
                .setDeadlineMillis(200)
                .setReservationMillis(60_000)
                .setMaxDurationMillis(30_000)
                .setCaps(List.of(cap(2, CapWindow.HOUR, 0, "UTC")))
                .setHouse(creative("house").build()))));

        assertThat(placement.kind()).isEqualTo(SlotKind.AUDIO);
        assertThat(placement.floor()).isEqualTo(new Cpm(500_000));
        assertThat(placement.deadline()).contains(Duration.ofMillis(200));
        assertThat(placement.reservation()).contains(Duration.ofMinutes(1));
        assertThat(placement.maxDuration()).contains(Duration.ofSeconds(30));
        assertThat(placement.caps()).hasSize(1);
        assertThat(placement.house()).map(Creative::getId).contains("house");
        assertThat(valid(reader.placement(placement(from -> {}))).deadline()).isEmpty();
    }

    @Test
    void everyFaultOfAPlacementIsListed() {
        List<Fault> faults = invalid(reader.placement(placement(from -> from.setId("/")
                .setCurrency("")
                .setFloorCpmMicros(-1)
                .setDeadlineMillis(0)
                .setReservationMillis(999)
                .setMaxDurationMillis(0)
                .setHouse(Creative.newBuilder()
                        .setId("")
                        .setDurationMillis(-1)
                        .setClickThrough("x")
                        .setTrackers(List.of(
                                Tracker.newBuilder().setEvent("").setUrl("y").build()))
                        .build()))));

        assertThat(faults)
                .extracting(Fault::where)
                .containsExactly(
                        "id",
                        "currency",
                        "floorCpmMicros",
                        "deadlineMillis",
                        "reservationMillis",
                        "maxDurationMillis",
                        "house.id",
                        "house.durationMillis",
                        "house.clickThrough",
                        "house.media",
                        "house.trackers[0].event",
                        "house.trackers[0].url");
    }

    @Test
    void creativeOfMarkupNeedsNoMediaButItsMarkupEnds() {
        valid(reader.placement(placement(from -> from.setHouse(
                Creative.newBuilder().setId("h").setMarkup("<VAST/>").build()))));
        assertThat(invalid(reader.placement(placement(from -> from.setHouse(creative("h")
                        .setMarkup("x".repeat(65_537))
                        .setMedia(List.of(
                                Media.newBuilder().setUrl("u").setMime("").build()))
                        .build())))))
                .extracting(Fault::where)
                .containsExactly("house.markup", "house.media[0].url", "house.media[0].mime");
    }

    @Test
    void messagesShowNoControlCharactersAndNoLongTexts() {
        List<Fault> faults = invalid(reader.placement(placement(from -> from.setId("\u001b[31m" + "x".repeat(200)))));

        assertThat(faults)
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.message()).doesNotContain("\u001b").hasSizeLessThan(200));
    }

    static millrace.schemas.Campaign campaign(Consumer<millrace.schemas.Campaign.Builder> change) {
        var builder = millrace.schemas.Campaign.newBuilder()
                .setId("spring")
                .setAdvertiser("acme.example")
                .setCurrency("EUR")
                .setPriceCpmMicros(1_000_000)
                .setPool(Pool.newBuilder().setUpstreams(List.of("alpha")).build());
        change.accept(builder);
        return builder.build();
    }

    private static Upstream upstream(Consumer<Upstream.Builder> change) {
        var builder = Upstream.newBuilder().setId("alpha").setUrl("http://ads.example/tag");
        change.accept(builder);
        return builder.build();
    }

    private static millrace.schemas.Placement placement(Consumer<millrace.schemas.Placement.Builder> change) {
        var builder = millrace.schemas.Placement.newBuilder().setId("preroll");
        change.accept(builder);
        return builder.build();
    }

    private static Creative.Builder creative(String id) {
        return Creative.newBuilder()
                .setId(id)
                .setMedia(List.of(Media.newBuilder()
                        .setUrl("https://cdn.example/a.mp4")
                        .setMime("video/mp4")
                        .build()));
    }

    private static CapRule cap(int limit, CapWindow window, long millis, String zone) {
        return CapRule.newBuilder()
                .setScope(CapScope.USER)
                .setLimit(limit)
                .setWindow(window)
                .setWindowMillis(millis)
                .setZone(zone)
                .build();
    }

    private static <T> T valid(Checked<T> checked) {
        return switch (checked) {
            case Checked.Valid<T>(T value) -> value;
            case Checked.Invalid<T>(List<Fault> faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static <T> List<Fault> invalid(Checked<T> checked) {
        return switch (checked) {
            case Checked.Valid<T>(T value) -> throw new AssertionError("was taken: " + value);
            case Checked.Invalid<T>(List<Fault> faults) -> faults;
        };
    }
}

package millrace.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.CatalogReader;
import millrace.catalog.PoolPlugins;
import millrace.catalog.file.CatalogChanges.Change;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.ClientCredentials;
import millrace.schemas.CurrencyRates;
import millrace.schemas.Pacing;
import millrace.schemas.Pool;
import millrace.schemas.PoolRetry;
import millrace.schemas.SelectorKind;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamBreaker;
import millrace.schemas.UpstreamCache;
import millrace.schemas.UpstreamProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFilesTest {
    private final CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));

    @Test
    void exampleOfTheRepositoryIsRight() throws IOException {
        CatalogChanges changes = valid(Files.readString(Path.of("../examples/campaigns.yaml")));

        assertThat(changes.placements()).extracting(Change::id).containsExactly("preroll", "midroll");
        assertThat(changes.upstreams()).extracting(Change::id).containsExactly("alpha", "beta", "gamma");
        assertThat(changes.campaigns()).extracting(Change::id).containsExactly("spring-cars", "tea", "museum");
        assertThat(changes.size()).isEqualTo(8);
    }

    @Test
    void ratesAreReadAsFilesOfRatesHaveThem() {
        CatalogChanges changes = valid("""
                conversions:
                  EUR: {USD: 1.10, GBP: 0.8512345678}
                  JPY: {}
                """);

        assertThat(changes.rates()).extracting(Change::id).containsExactly("EUR", "JPY");
        assertThat(changes.rates().getFirst().record())
                .contains(new CurrencyRates("EUR", Map.of("USD", "1.10", "GBP", "0.8512345678")));
        assertThat(changes.rates().getLast().record())
                .as("none are left of a currency with none")
                .isEmpty();
        assertThat(changes.size()).isEqualTo(2);
    }

    @Test
    void everythingThatIsWrongWithRatesIsSaidWithItsPlace() {
        assertThat(invalid("""
                        conversions:
                          EUR: {USD: -1, EURO: 2, EUR: 1}
                          Gold: {USD: 1e9}
                          EUR: {GBP: 1}
                          JPY: 7
                        """))
                .extracting(Fault::toString)
                .anySatisfy(said -> assertThat(said).contains(":2:14", "EUR.USD", "'-1'", "above 0"))
                .anySatisfy(said -> assertThat(said).contains(":2:24", "EUR.EURO", "ISO 4217"))
                .anySatisfy(said -> assertThat(said).contains(":2:32", "the currency itself"))
                .anySatisfy(said -> assertThat(said).contains(":3:", "Gold", "ISO 4217"))
                .anySatisfy(said -> assertThat(said).contains("Gold.USD", "1e9"))
                .anySatisfy(said -> assertThat(said).contains(":4:3", "EUR: is there twice"))
                .anySatisfy(said -> assertThat(said).contains(":5:8", "JPY", "names with values"))
                .hasSize(7);
        assertThat(invalid("conversions: [EUR]"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).contains("EUR: {USD: 1.10}"));
    }

    @Test
    void campaignIsReadFieldByField() {
        Campaign campaign = campaign("""
                campaigns:
                  - id: spring
                    name: Spring
                    advertiser: acme.example
                    status: paused
                    priority: -3
                    starts: 2026-03-01T00:00:00+01:00
                    ends: 2026-04-01T00:00:00Z
                    currency: EUR
                    cpm: 2.50
                    budget: 1000.00
                    daily-budget: 50.5
                    zone: Europe/Berlin
                    pacing: even-day
                    caps:
                      - {scope: campaign, limit: 3, per: 1h}
                      - {scope: user, limit: 9, per: day@Europe/Berlin}
                      - {scope: creative, limit: 1, per: month}
                      - {scope: advertiser, limit: 1, per: pod}
                      - {scope: campaign, limit: 2, per: session}
                      - {scope: upstream, limit: 5, per: lifetime}
                    min-gap: 5m
                    targeting: {placements: [preroll], countries: [DE, AT], device-types: [3]}
                    pool: {upstreams: [alpha, beta], selector: sticky-user, fallback: least-busy, filters: [geo], anywhere: true, hedge: true,
                           retry: {times: 2, statuses: false, pause: 10ms}}
                """);

        assertThat(campaign.getStatus()).isEqualTo(CampaignStatus.PAUSED);
        assertThat(campaign.getPriority()).isEqualTo(-3);
        assertThat(campaign.getStartsAt()).isEqualTo(1_772_319_600_000L);
        assertThat(campaign.getPriceCpmMicros()).isEqualTo(2_500_000);
        assertThat(campaign.getBudgetNanos()).isEqualTo(1_000_000_000_000L);
        assertThat(campaign.getDailyBudgetNanos()).isEqualTo(50_500_000_000L);
        assertThat(campaign.getZone()).isEqualTo("Europe/Berlin");
        assertThat(campaign.getPacing()).isEqualTo(Pacing.EVEN_DAY);
        assertThat(campaign.getCaps())
                .containsExactly(
                        cap(CapScope.CAMPAIGN, 3, CapWindow.ROLLING, 3_600_000, "UTC"),
                        cap(CapScope.USER, 9, CapWindow.DAY, 0, "Europe/Berlin"),
                        cap(CapScope.CREATIVE, 1, CapWindow.MONTH, 0, "UTC"),
                        cap(CapScope.ADVERTISER, 1, CapWindow.POD, 0, "UTC"),
                        cap(CapScope.CAMPAIGN, 2, CapWindow.SESSION, 0, "UTC"),
                        cap(CapScope.UPSTREAM, 5, CapWindow.LIFETIME, 0, "UTC"));
        assertThat(campaign.getMinGapMillis()).isEqualTo(300_000);
        assertThat(campaign.getTargeting().getDeviceTypes()).containsExactly(3);
        assertThat(campaign.getPool().getSelector()).isEqualTo(SelectorKind.STICKY_USER);
        assertThat(campaign.getPool().getFallback()).isEqualTo(SelectorKind.LEAST_BUSY);
        assertThat(campaign.getPool().getFilters()).containsExactly("geo");
        assertThat(campaign.getPool().getAnywhere()).isTrue();
        assertThat(campaign.getPool().getHedge()).isTrue();
        assertThat(campaign.getPool().getRetry()).isEqualTo(new PoolRetry(2, false, 10));
    }

    @Test
    void upstreamIsReadFieldByField() {
        Upstream upstream = upstream("""
                upstreams:
                  - id: alpha
                    protocol: vast
                    url: ${UPSTREAMS:-http://localhost:8090}/tag?p=$${AUCTION_PRICE}
                    timeout: 200ms
                    weight: 3
                    headers: {X-Key: "${KEY}"}
                    default-headers: {X-Genre: any, X-Show: ""}
                    cache: {max-age: 5m, trackers: true}
                    params: {a: 1, b: two}
                    raw-params: [q]
                    user-id-param: uid
                    device-id-param: did
                    countries: [DE]
                    regions: [BY]
                    max-per-second: 50
                    cost: 0.50
                    oauth2: {token-url: "https://id.example/t", client-id: we, client-secret: "${KEY}", scope: ads}
                    breaker: {failure-percent: 30, least-calls: 9, window: 30s, open: 1s, slow: 200ms}
                """, Map.of("KEY", "k", "UPSTREAMS", "https://ads.example"));

        assertThat(upstream.getUrl()).isEqualTo("https://ads.example/tag?p=${AUCTION_PRICE}");
        assertThat(upstream.getTimeoutMillis()).isEqualTo(200);
        assertThat(upstream.getHeaders()).containsExactly(Map.entry("X-Key", "k"));
        assertThat(upstream.getDefaultHeaders()).containsOnly(Map.entry("X-Genre", "any"), Map.entry("X-Show", ""));
        assertThat(upstream.getCache()).isEqualTo(new UpstreamCache(300_000, true));
        assertThat(upstream.getParams()).containsOnly(Map.entry("a", "1"), Map.entry("b", "two"));
        assertThat(upstream.getRawParams()).containsExactly("q");
        assertThat(upstream.getCountries()).containsExactly("DE");
        assertThat(upstream.getRegions()).containsExactly("BY");
        assertThat(upstream.getOauth2()).isEqualTo(new ClientCredentials("https://id.example/t", "we", "k", "ads"));
        assertThat(upstream.getMaxPerSecond()).isEqualTo(50);
        assertThat(upstream.getCostCpmMicros()).isEqualTo(500_000);
        assertThat(upstream.getBreaker()).isEqualTo(new UpstreamBreaker(30, 9, 30_000, 1_000, 200));
    }

    @Test
    void bidderIsReadFieldByField() {
        Upstream bidder = upstream("""
                upstreams:
                  - id: east
                    protocol: openrtb
                    url: https://east.example/bid
                    bidder: {max-concurrent: 50, max-per-second: 200, gzip: true, gvl-id: 755}
                """, Map.of());

        assertThat(bidder.getProtocol()).isEqualTo(UpstreamProtocol.OPENRTB);
        assertThat(bidder.getBidder().getMaxConcurrent()).isEqualTo(50);
        assertThat(bidder.getBidder().getGvlId()).isEqualTo(755);
        assertThat(bidder.getBidder().getMaxPerSecond()).isEqualTo(200);
        assertThat(bidder.getBidder().getGzip()).isTrue();
    }

    @Test
    void recordMarkedRemovedIsATombstone() {
        CatalogChanges changes = valid("campaigns: [{id: old, removed: true}]");

        assertThat(changes.campaigns()).containsExactly(new Change<>("old", Optional.empty()));
    }

    @Test
    void selectorThatIsNoneOfOursIsOneOfAPlugin() {
        String text = """
                campaigns:
                  - {id: c, advertiser: a, currency: EUR, cpm: 1, pool: {upstreams: [u], selector: theirs, filters: [health, mine]}}
                """;
        CatalogFiles known = new CatalogFiles(
                new CatalogReader(
                        Duration.ofDays(31), Duration.ofMillis(250), new PoolPlugins(Set.of("theirs"), Set.of("mine"))),
                Map.of());
        known.add("f.yaml", text);

        assertThat(known.changes()).isInstanceOfSatisfying(Checked.Valid.class, valid -> {
            Pool pool = ((CatalogChanges) valid.value())
                    .campaigns()
                    .getFirst()
                    .record()
                    .orElseThrow()
                    .getPool();
            assertThat(pool.getPlugin()).isEqualTo("theirs");
            assertThat(pool.getSelector()).isEqualTo(SelectorKind.ROUND_ROBIN);
        });
        CatalogFiles unknown = new CatalogFiles(rules, Map.of());
        unknown.add("f.yaml", text);
        assertThat(faults(unknown))
                .extracting(Object::toString)
                .containsExactly(
                        "f.yaml:2:84: campaign c, pool.selector: is 'theirs'; wanted is one of round-robin, weighted, weighted-by-success, random, least-busy, fastest, cost-aware, sticky-session, sticky-user",
                        "f.yaml:2:101: campaign c, pool.filters: 'mine' is none that is known; known are health, geo, rate");
    }

    @Test
    void everyFaultIsListedWithLineAndColumn() {
        assertThat(invalid("""
                placements:
                  - id: pre roll
                    deadline: 5 seconds
                    flor: 1
                    house: {id: h}
                upstreams:
                  - id: alpha
                    url: ftp://x
                    timeout: 31s
                    headers: {X-Key: "a\\nb"}
                  - url: http://x
                campaigns:
                  - id: c
                    advertiser: a
                    currency: EUR
                    cpm: -2.50
                    budget: 1.0000000001
                    caps:
                      - {scope: usr, limit: 0, per: fortnight}
                      - {limit: 3, per: 32d}
                      - {scope: user, limit: 3, per: session@UTC}
                    min-gap: 32d
                    pool: {upstreams: [], selector: bst}
                  - text
                campains: []
                """))
                .extracting(Fault::toString)
                .containsExactly(
                        "f.yaml:3:15: placement pre roll, deadline: is '5 seconds'; a duration is a whole number and a unit: 300ms, 2s, 5m, 1h or 31d",
                        "f.yaml:4:5: placement pre roll, flor: is unknown; did you mean floor?",
                        "f.yaml:2:9: placement pre roll, id: is 'pre roll'; allowed are 1 to 128 characters of letters, digits, dot, dash, underscore",
                        "f.yaml:5:12: placement pre roll, house.media: is empty and so is markup; one is needed",
                        "f.yaml:8:10: upstream alpha, url: is 'ftp://x'; an http or https URL of at most 8192 characters without spaces is wanted",
                        "f.yaml:9:14: upstream alpha, timeout: is 31000; allowed is 1 to 30000 milliseconds",
                        "f.yaml:10:22: upstream alpha, headers.X-Key: has a value that is too long or has characters other than printable ASCII",
                        "f.yaml:11:5: upstream, id: is missing",
                        "f.yaml:16:10: campaign c, cpm: is '-2.50'; an amount from 0 to 1000000 with at most 6 decimals is wanted, such as 2.50",
                        "f.yaml:17:13: campaign c, budget: is 1.0000000001; an amount from 0 to 4000000000 with at most 9 decimals is wanted, such as 2.50",
                        "f.yaml:19:37: campaign c, caps[0].per: is 'fortnight'; a duration such as 1h is wanted, or hour, day, week or month, with a time zone as in day@Europe/Berlin, or session, pod or lifetime",
                        "f.yaml:19:17: campaign c, caps[0].scope: is 'usr'; wanted is one of campaign, creative, advertiser, placement, upstream, user; did you mean user?",
                        "f.yaml:20:9: campaign c, caps[1].scope: is missing",
                        "f.yaml:21:38: campaign c, caps[2].per: is 'session@UTC'; session has no time zone",
                        "f.yaml:19:29: campaign c, caps[0].limit: is 0; allowed is 1 to 500",
                        "f.yaml:20:25: campaign c, caps[1].per: is 2764800000; allowed is 1 to 2678400000 milliseconds",
                        "f.yaml:22:14: campaign c, min-gap: is 2764800000; allowed is 1 to 2678400000 milliseconds",
                        "f.yaml:23:23: campaign c, pool.upstreams: is empty; at least one is needed",
                        "f.yaml:23:37: campaign c, pool.selector: is 'bst'; wanted is one of round-robin, weighted, weighted-by-success, random, least-busy, fastest, cost-aware, sticky-session, sticky-user",
                        "f.yaml:24:5: a campaign is wanted: names with values",
                        "f.yaml:25:1: 'campains' is unknown; wanted is one of placements, upstreams, campaigns, conversions; did you mean campaigns?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "campaigns: {}|1:12: a list of campaigns is wanted",
                "- a|1:1: wanted here are placements, upstreams, campaigns, conversions",
                "campaigns: [{? [x] : y}]|a name is wanted here",
                "upstreams: [{id: a, url: [http://x]}]|url: one value is wanted",
                "upstreams: [{id: a, url: http://x, params: [x]}]|params: names with values are wanted",
                "upstreams: [{id: a, url: http://x, raw-params: x}]|raw-params: a list is wanted",
                "upstreams: [{id: a, id: b, url: http://x}]|id: is there twice",
                "upstreams: [{id: a, url: '${NOT_SET}'}]|environment variable NOT_SET is not set",
                "upstreams: [{id: a, url: http://x, weight: 1.5}]|weight: is '1.5'; a whole number is wanted",
                "upstreams: [{id: a, removed: yes}]|removed: is 'yes'; true or false is wanted",
                "campaigns: [{id: c, starts: 2026-03-01}]|starts: is '2026-03-01'; a date and time with its offset",
                "placements: [{id: p, deadline: 30d}]|deadline: is 30d; at most 24d is wanted",
                "campaigns: [|is not YAML",
                "placements: [{id: p, house: &a {id: x, media: *a}}]|media: a list is wanted",
                "placements: [{id: p, caps: [x]}]|caps[0]: names with values are wanted"
            })
    void malformedFilesAreSaidToBeSo(String text, String message) {
        assertThat(invalid(text))
                .extracting(Fault::toString)
                .anySatisfy(fault -> assertThat(fault).contains(message).startsWith("f.yaml:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e9",
                "1e999999999",
                "",
                ".5",
                "5.",
                "1,50",
                "0x10",
                "1_000",
                "NaN",
                "1000000.000001",
                "0.0000001",
                "1234567890123456"
            })
    void pricesThatAreNotExactDecimalsAreRefused(String price) {
        assertThat(invalid("campaigns: [{id: c, advertiser: a, currency: EUR, cpm: \"" + price
                        + "\", pool: {upstreams: [a]}}]"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("campaign c, cpm: is"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "2.5,2500000",
        "2.50,2500000",
        "0.000001,1",
        "1000000,1000000000000",
        "007.10,7100000",
        "2.5000000000,2500000"
    })
    void pricesAreExact(String price, long micros) {
        assertThat(campaign("campaigns: [{id: c, advertiser: a, currency: EUR, cpm: " + price
                                + ", pool: {upstreams: [a]}}]")
                        .getPriceCpmMicros())
                .isEqualTo(micros);
    }

    @Test
    void idThatIsThereTwiceIsRefusedAlsoAcrossFiles() {
        CatalogFiles files = new CatalogFiles(rules, Map.of());
        files.add("a.yaml", "campaigns: [{id: c, removed: true}]");
        files.add("b.yaml", "upstreams: [{id: c, removed: true}]\ncampaigns: [{id: c, removed: true}]");

        assertThat(faults(files))
                .extracting(Fault::toString)
                .containsExactly("b.yaml:2:13: campaign c, id: is there already, at a.yaml:1:13");
    }

    @Test
    void severalDocumentsOfAFileAreOneFile() {
        assertThat(valid("upstreams: [{id: a, removed: true}]\n---\nupstreams: [{id: b, removed: true}]\n")
                        .upstreams())
                .extracting(Change::id)
                .containsExactly("a", "b");
    }

    @Test
    void aliasesThatGrowWithoutEndAreRefused() {
        StringBuilder bomb = new StringBuilder("a: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
        }

        assertThat(invalid(bomb.toString()))
                .extracting(Fault::message)
                .anySatisfy(message -> assertThat(message).contains("is not YAML"));
    }

    @Test
    void unreadableFileIsAFault() {
        CatalogFiles files = new CatalogFiles(rules, Map.of());
        files.addUnreadable("x.yaml", "no such file");

        assertThat(faults(files)).containsExactly(new Fault("x.yaml", "no such file"));
    }

    private static CapRule cap(CapScope scope, int limit, CapWindow window, long millis, String zone) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(window)
                .setWindowMillis(millis)
                .setZone(zone)
                .build();
    }

    private Campaign campaign(String text) {
        return valid(text).campaigns().getFirst().record().orElseThrow();
    }

    private Upstream upstream(String text, Map<String, String> environment) {
        CatalogFiles files = new CatalogFiles(rules, environment);
        files.add("f.yaml", text);
        return changes(files).upstreams().getFirst().record().orElseThrow();
    }

    private CatalogChanges valid(String text) {
        CatalogFiles files = new CatalogFiles(rules, Map.of());
        files.add("f.yaml", text);
        return changes(files);
    }

    private static CatalogChanges changes(CatalogFiles files) {
        return switch (files.changes()) {
            case Checked.Valid<CatalogChanges>(CatalogChanges changes) -> changes;
            case Checked.Invalid<CatalogChanges>(List<Fault> faults) -> throw new AssertionError(faults.toString());
        };
    }

    private List<Fault> invalid(String text) {
        CatalogFiles files = new CatalogFiles(rules, Map.of());
        files.add("f.yaml", text);
        return faults(files);
    }

    private static List<Fault> faults(CatalogFiles files) {
        return switch (files.changes()) {
            case Checked.Valid<CatalogChanges> _ -> throw new AssertionError("was taken");
            case Checked.Invalid<CatalogChanges>(List<Fault> faults) -> faults;
        };
    }
}

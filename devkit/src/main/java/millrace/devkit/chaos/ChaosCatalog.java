package millrace.devkit.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Pacing;
import millrace.schemas.Placement;
import millrace.schemas.Pool;
import millrace.schemas.Targeting;
import millrace.schemas.Upstream;

/**
 * What is promised in a run: caps that users run into within seconds, a budget that is used up before the end, and one that is changed on
 * the way.
 */
final class ChaosCatalog {
    static final String FILM = "film";
    static final String LOBBY = "lobby";
    static final String METERED = "metered";
    static final String SWAPPED = "swapped";
    static final List<String> UPSTREAMS = List.of("north", "south", "chain");
    static final int RESERVATION_MILLIS = 12_000;
    static final int DEADLINE_MILLIS = 2_500;

    /** A cent an ad. */
    private static final long PRICE_CPM_MICROS = 10_000_000;

    private static final String ZONE = "Europe/Berlin";
    private final long requests;
    private final Instant begin;
    private final Instant end;

    /**
     * @param requests about how many there are going to be: budgets are made so that they run out
     * @param begin of the run, about
     * @param duration of its load
     */
    ChaosCatalog(long requests, Instant begin, Duration duration) {
        this.requests = requests;
        this.begin = begin;
        this.end = begin.plus(duration);
    }

    List<Placement> placements() {
        return List.of(
                placement(FILM).setHouse(creative("house")).build(),
                placement(LOBBY)
                        .setCaps(List.of(rolling(CapScope.PLACEMENT, 4, Duration.ofSeconds(20))))
                        .build());
    }

    private static Placement.Builder placement(String id) {
        return Placement.newBuilder()
                .setId(id)
                .setCurrency("EUR")
                .setDeadlineMillis(DEADLINE_MILLIS)
                .setReservationMillis(RESERVATION_MILLIS);
    }

    List<Upstream> upstreams(UpstreamDesk desk) {
        return UPSTREAMS.stream()
                .map(id -> Upstream.newBuilder()
                        .setId(id)
                        .setUrl(desk.tag(id))
                        .setTimeoutMillis(600)
                        .build())
                .toList();
    }

    List<Campaign> campaigns() {
        return List.of(
                swapped(CampaignStatus.ACTIVE, cost(requests / 12)),
                own(METERED, 8)
                        .setBudgetNanos(cost(requests / 8))
                        .setMinGapMillis(Duration.ofSeconds(4).toMillis())
                        .build(),
                own("daily", 7)
                        .setDailyBudgetNanos(cost(requests / 20))
                        .setZone(zoneOfMidnightAt(
                                begin.plus(Duration.between(begin, end).dividedBy(2))))
                        .build(),
                own("paced", 9)
                        .setBudgetNanos(cost(requests / 15))
                        .setPacing(Pacing.EVEN_FLIGHT)
                        .setStartsAt(begin.toEpochMilli())
                        .setEndsAt(end.toEpochMilli())
                        .build(),
                pooled("pooled", 6, "north", "south")
                        .setBudgetNanos(cost(requests / 10))
                        .setCaps(List.of(
                                rolling(CapScope.CAMPAIGN, 2, Duration.ofSeconds(10)),
                                rolling(CapScope.CREATIVE, 1, Duration.ofSeconds(10)),
                                calendar(CapScope.UPSTREAM, 12, CapWindow.HOUR)))
                        .build(),
                pooled("chained", 4, "chain", "south")
                        .setCaps(List.of(
                                rolling(CapScope.CAMPAIGN, 3, Duration.ofSeconds(30)),
                                rolling(CapScope.ADVERTISER, 2, Duration.ofSeconds(45)),
                                rolling(CapScope.USER, 30, Duration.ofMinutes(2)),
                                within(CapScope.CAMPAIGN, 8, CapWindow.SESSION)))
                        .build(),
                own("filler", 0)
                        .setCaps(List.of(
                                rolling(CapScope.CAMPAIGN, 5, Duration.ofSeconds(60)),
                                within(CapScope.CAMPAIGN, 1, CapWindow.POD),
                                within(CapScope.CAMPAIGN, 40, CapWindow.LIFETIME),
                                calendar(CapScope.CAMPAIGN, 30, CapWindow.MONTH),
                                calendar(CapScope.USER, 60, CapWindow.DAY)))
                        .build());
    }

    /** The campaign that is changed while it runs. */
    Campaign swapped(CampaignStatus status, long budgetNanos) {
        return pooled(SWAPPED, 10, "south", "north")
                .setStatus(status)
                .setBudgetNanos(budgetNanos)
                .setCaps(List.of(rolling(CapScope.CAMPAIGN, 3, Duration.ofSeconds(20))))
                .build();
    }

    /** A day of its budget ends in the middle of the run. */
    private static String zoneOfMidnightAt(Instant moment) {
        int second = moment.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
        int day = 24 * 60 * 60;
        // Offsets are at most 18 hours either way.
        return ZoneOffset.ofTotalSeconds(second < day / 2 ? -second : day - second)
                .getId();
    }

    static long cost(long ads) {
        return ads * PRICE_CPM_MICROS;
    }

    private static Campaign.Builder campaign(String id, int priority) {
        return Campaign.newBuilder()
                .setId(id)
                .setAdvertiser(id + ".example")
                .setPriority(priority)
                .setCurrency("EUR")
                .setPriceCpmMicros(PRICE_CPM_MICROS)
                .setTargeting(Targeting.newBuilder()
                        .setPlacements(List.of(FILM, LOBBY))
                        .build());
    }

    private static Campaign.Builder own(String id, int priority) {
        return campaign(id, priority)
                .setCreatives(List.of(creative(id + "-a"), creative(id + "-b")))
                .setCaps(List.of(rolling(CapScope.CAMPAIGN, 2, Duration.ofSeconds(25))));
    }

    private static Campaign.Builder pooled(String id, int priority, String... upstreams) {
        return campaign(id, priority)
                .setPool(Pool.newBuilder().setUpstreams(List.of(upstreams)).build());
    }

    private static CapRule rolling(CapScope scope, int limit, Duration window) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(CapWindow.ROLLING)
                .setWindowMillis(window.toMillis())
                .build();
    }

    /** In a window that needs nothing said: a session, a pod, a lifetime. */
    private static CapRule within(CapScope scope, int limit, CapWindow window) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(window)
                .build();
    }

    private static CapRule calendar(CapScope scope, int limit, CapWindow window) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(window)
                .setZone(ZONE)
                .build();
    }

    private static Creative creative(String id) {
        return Creative.newBuilder()
                .setId(id)
                .setDurationMillis(15_000)
                .setMedia(List.of(Media.newBuilder()
                        .setUrl("https://media.example/" + id + ".mp4")
                        .setMime("video/mp4")
                        .build()))
                .build();
    }
}

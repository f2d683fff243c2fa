package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import millrace.catalog.LifetimeInterest;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Placement;
import millrace.money.Cpm;
import millrace.schemas.CapScope;
import millrace.schemas.SlotKind;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one request may see of sessions, pods and lifetimes, and what looking costs. */
class UserCapsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final CapSubject AD = new CapSubject("c1", "cr1", "acme", "preroll", "up1");
    private static final CapSettings SETTINGS =
            new CapSettings(Duration.ofDays(31), Duration.ofHours(6), Duration.ofHours(1));
    private static final CapRule TWO_A_SESSION = new CapRule(CapScope.CAMPAIGN, 2, new CapSpan.Session());
    private static final CapRule ONE_A_POD = new CapRule(CapScope.ADVERTISER, 1, new CapSpan.Pod());
    private static final CapRule TWO_EVER = new CapRule(CapScope.CAMPAIGN, 2, new CapSpan.Lifetime());

    @TempDir
    Path directory;

    private final LiveCatalog catalog = new LiveCatalog();
    private final List<String> reads = new ArrayList<>();
    private CapStores stores;
    private FrequencyCaps caps;
    private long reservation;

    @BeforeEach
    void open() {
        stores = CapStores.open(directory, SETTINGS);
        caps = new FrequencyCaps(counting(stores.exposures()), stores.lifetime(), SETTINGS, catalog::lifetime);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    // ---- sessions

    @Test
    void sessionCapCountsTheAdsOfItsSessionAlone() {
        Viewer morning = new Viewer("ann", 1, NOON.minus(Duration.ofHours(3)));
        serve(morning, NOON.minus(Duration.ofHours(3)));
        serve(morning, NOON.minus(Duration.ofHours(2)));
        assertThat(verdict(morning, NOON, TWO_A_SESSION)).isEqualTo(new CapVerdict.Refused(TWO_A_SESSION, 2));

        Viewer noon = new Viewer("ann", 2, NOON);

        assertThat(verdict(noon, NOON, TWO_A_SESSION)).isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void sessionThatIsLongerThanExposuresAreKeptIsRefusedInsteadOfUndercounted() {
        Viewer endless = new Viewer("ann", 1, NOON.minus(Duration.ofDays(31)).minusMillis(1));

        assertThat(verdict(endless, NOON, TWO_A_SESSION)).isEqualTo(new CapVerdict.BeyondRetention(TWO_A_SESSION));
    }

    // ---- pods

    @Test
    void podCapCountsTheAdsOfOneRequest() {
        UserCaps request = caps.of(ann());
        request.reserve(AD, NOON, 1);

        assertThat(request.check(List.of(ONE_A_POD), AD, NOON)).isEqualTo(new CapVerdict.Refused(ONE_A_POD, 1));
        assertThat(verdict(ann(), NOON, ONE_A_POD)).as("the next request").isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void adOfATestIsCountedInItsPodAndNowhereElse() {
        UserCaps request = caps.of(ann());
        request.shows(AD);

        assertThat(request.check(List.of(ONE_A_POD), AD, NOON)).isInstanceOf(CapVerdict.Refused.class);
        assertThat(request.check(List.of(TWO_A_SESSION), AD, NOON)).isInstanceOf(CapVerdict.Allowed.class);
    }

    // ---- nobody

    @Test
    void nobodyIsCountedInTheirPodAlone() {
        CapRule once = new CapRule(CapScope.CAMPAIGN, 1, new CapSpan.Rolling(Duration.ofHours(1)));
        UserCaps request = caps.of(Viewer.nobody());
        assertThat(request.reserve(AD, NOON, 1)).isTrue();

        assertThat(request.check(List.of(once, TWO_A_SESSION), AD, NOON)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(request.check(List.of(once, ONE_A_POD), AD, NOON)).isInstanceOf(CapVerdict.Refused.class);
        assertThat(verdict(Viewer.nobody(), NOON, once)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(reads).isEmpty();
    }

    // ---- lifetime

    @Test
    void lifetimeCapCountsLongAfterExposuresAreForgotten() {
        asks(TWO_EVER);
        serve(ann(), NOON);
        serve(ann(), NOON.plus(Duration.ofDays(400)));

        assertThat(verdict(ann(), NOON.plus(Duration.ofDays(4_000)), TWO_EVER))
                .isEqualTo(new CapVerdict.Refused(TWO_EVER, 2));
    }

    @Test
    void lifetimeCountIsGivenBackOnceWithItsReservation() {
        asks(TWO_EVER);
        serve(ann(), NOON);
        serve(ann(), NOON);

        caps.release("ann", NOON, reservation);
        caps.release("ann", NOON, reservation);
        caps.confirm("ann", NOON, reservation - 1);
        caps.release("ann", NOON, reservation - 1);

        assertThat(caps.of(ann()).remaining(TWO_EVER, AD, NOON)).isOne();
    }

    @Test
    void whatWasServedBeforeTheRuleIsNeitherCountedNorGivenBack() {
        serve(ann(), NOON);
        asks(TWO_EVER);
        serve(ann(), NOON);

        caps.release("ann", NOON, reservation - 1);

        assertThat(caps.of(ann()).remaining(TWO_EVER, AD, NOON)).isOne();
    }

    @Test
    void whatWasCountedIsGivenBackEvenAfterTheRuleIsGone() {
        asks(TWO_EVER);
        serve(ann(), NOON);
        asks();
        caps.release("ann", NOON, reservation);
        asks(TWO_EVER);

        assertThat(caps.of(ann()).remaining(TWO_EVER, AD, NOON)).isEqualTo(2);
        assertThat(stores.lifetime().get("ann")).as("no row for nothing").isNull();
    }

    @Test
    void lateImpressionCountsForEverOnce() {
        asks(TWO_EVER);
        Exposure late = Exposure.reserved(NOON, AD, 0, 7);

        caps.addLate("ann", late);
        caps.addLate("ann", late);
        caps.release("ann", NOON, 7);

        assertThat(caps.of(ann()).remaining(TWO_EVER, AD, NOON)).isOne();
    }

    @Test
    void userWithTooManyIdsIsRefusedWhatWouldNeedOneMore() {
        CapRule ofACreative = new CapRule(CapScope.CREATIVE, 2, new CapSpan.Lifetime());
        asks(ofACreative);
        for (int i = 0; i < LifetimeCounts.MAX_IDS; i++) {
            Instant at = NOON.plus(Duration.ofMinutes(i));
            caps.of(ann()).reserve(creative("cr" + i), at, ++reservation);
        }
        Instant later = NOON.plus(Duration.ofDays(9));

        assertThat(caps.of(ann()).check(List.of(), creative("another"), later)).isEqualTo(new CapVerdict.UserFull());
        assertThat(caps.of(ann()).check(List.of(ofACreative), creative("cr1"), later))
                .isInstanceOf(CapVerdict.Allowed.class);
        assertThat(stores.lifetime().get("ann")).hasSizeLessThan(14_000);
    }

    @Test
    void unreadableLifetimeRowRefusesItsUserAndNobodyElse() {
        asks(TWO_EVER);
        stores.lifetime().put("ann", new byte[] {9, 9});

        assertThat(verdict(ann(), NOON, TWO_EVER)).isEqualTo(new CapVerdict.UserFull());
        assertThat(caps.of(ann()).remaining(TWO_EVER, AD, NOON)).isZero();
        assertThat(caps.of(ann()).reserve(AD, NOON, 1)).isFalse();
        assertThat(verdict(new Viewer("bob", 0, NOON), NOON, TWO_EVER)).isInstanceOf(CapVerdict.Allowed.class);
    }

    // ---- gap, and the days on which clocks change

    @Test
    void gapIsKeptToTheMillisecondOnBothSides() {
        CapRule gap = new CapRule(CapScope.CAMPAIGN, 1, new CapSpan.Rolling(Duration.ofMinutes(5)));
        serve(ann(), NOON);

        for (long side : new long[] {-1, 1}) {
            assertThat(verdict(ann(), NOON.plusMillis(side * 299_999), gap)).isInstanceOf(CapVerdict.Refused.class);
            assertThat(verdict(ann(), NOON.plusMillis(side * 300_000), gap)).isInstanceOf(CapVerdict.Allowed.class);
        }
    }

    @Test
    void dayOnWhichTheClockGoesForwardHasTwentyThreeHours() {
        CapRule daily = new CapRule(CapScope.CAMPAIGN, 1, new CapSpan.Calendar(Unit.DAY, ZoneId.of("Europe/Berlin")));
        Instant midnight = Instant.parse("2026-03-28T23:00:00Z");
        serve(ann(), midnight);

        assertThat(verdict(ann(), midnight.minusMillis(1), daily)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(verdict(ann(), midnight.plus(Duration.ofHours(23)).minusMillis(1), daily))
                .isInstanceOf(CapVerdict.Refused.class);
        assertThat(verdict(ann(), midnight.plus(Duration.ofHours(23)), daily)).isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void dayOnWhichTheClockGoesBackHasTwentyFive() {
        CapRule daily = new CapRule(CapScope.CAMPAIGN, 1, new CapSpan.Calendar(Unit.DAY, ZoneId.of("Europe/Berlin")));
        Instant midnight = Instant.parse("2026-10-24T22:00:00Z");
        serve(ann(), midnight);

        assertThat(verdict(ann(), midnight.plus(Duration.ofHours(25)).minusMillis(1), daily))
                .isInstanceOf(CapVerdict.Refused.class);
        assertThat(verdict(ann(), midnight.plus(Duration.ofHours(25)), daily)).isInstanceOf(CapVerdict.Allowed.class);
    }

    // ---- what it costs

    @Test
    void oneRangeReadServesARequestHoweverManySlotsCandidatesAndRules() {
        List<CapRule> rules = List.of(
                new CapRule(CapScope.CAMPAIGN, 100, new CapSpan.Rolling(Duration.ofHours(1))),
                new CapRule(CapScope.ADVERTISER, 100, new CapSpan.Calendar(Unit.DAY, ZoneId.of("Europe/Berlin"))),
                new CapRule(CapScope.USER, 100, new CapSpan.Rolling(Duration.ofDays(7))));
        UserCaps request = caps.of(ann());
        request.foresee(rules, NOON);
        for (int candidate = 0; candidate < 20; candidate++) {
            request.check(rules, CapSubject.beforeTheAnswer("c" + candidate, "acme", "preroll"), NOON);
        }

        for (int slot = 0; slot < 6; slot++) {
            Instant at = NOON.plusMillis(50 + slot);
            caps.of(new Viewer("bob", 0, NOON)).reserve(AD, at, ++reservation);
            assertThat(request.check(rules, AD, at)).isInstanceOf(CapVerdict.Allowed.class);
            request.reserve(AD, at, ++reservation);
        }

        assertThat(reads).hasSize(1);
        assertThat(request.remaining(rules.getLast(), AD, NOON.plusSeconds(1))).isEqualTo(94);
    }

    @Test
    void oneMoreIsReadWhenTheUserChangedMeanwhile() {
        UserCaps request = caps.of(ann());
        request.check(List.of(TWO_A_SESSION), AD, NOON);
        serve(ann(), NOON);
        reads.clear();

        IntStream.range(0, 20).forEach(i -> request.check(List.of(TWO_A_SESSION), AD, NOON));

        assertThat(reads).hasSize(1);
        assertThat(request.remaining(TWO_A_SESSION, AD, NOON)).isOne();
    }

    @Test
    void queryFromOutsideSeesWhatTheRequestSees() {
        asks(TWO_EVER);
        serve(ann(), NOON);
        CapQuery query = new CapQuery(stores.exposures(), stores.lifetime(), SETTINGS);

        assertThat(query.remaining(ann(), List.of(TWO_EVER, TWO_A_SESSION, ONE_A_POD), AD, NOON))
                .extracting(CapQuery.Remaining::left)
                .containsExactly(1, 1, 1);
    }

    private static Viewer ann() {
        return new Viewer("ann", 0, NOON);
    }

    private static CapSubject creative(String id) {
        return new CapSubject("c1", id, "acme", "preroll", "up1");
    }

    private void serve(Viewer viewer, Instant at) {
        assertThat(caps.of(viewer).reserve(AD, at, ++reservation)).isTrue();
    }

    private CapVerdict verdict(Viewer viewer, Instant at, CapRule... rules) {
        return caps.of(viewer).check(List.of(rules), AD, at);
    }

    /** A placement's rules, which lifetime counts follow. */
    private void asks(CapRule... rules) {
        LifetimeInterest before = catalog.lifetime();
        catalog.placements()
                .put(new Placement(
                        "preroll",
                        SlotKind.VIDEO,
                        "USD",
                        Cpm.FREE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(rules),
                        Optional.empty()));
        assertThat(catalog.lifetime()).isNotSameAs(before);
    }

    /** The store, with each range read written down. */
    @SuppressWarnings("unchecked")
    private WindowStore<String, byte[]> counting(WindowStore<String, byte[]> store) {
        return (WindowStore<String, byte[]>) Proxy.newProxyInstance(
                WindowStore.class.getClassLoader(), new Class<?>[] {WindowStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("fetch") && arguments.length == 3) {
                        reads.add(method.toString());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

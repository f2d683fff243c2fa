package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import millrace.catalog.LifetimeInterest;
import millrace.schemas.CapScope;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrequencyCapsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final CapSubject AD = new CapSubject("c1", "cr1", "acme", "preroll", "up1");
    private static final CapSettings SETTINGS =
            new CapSettings(Duration.ofDays(31), Duration.ofHours(6), Duration.ofHours(1));
    private static final CapRule THREE_AN_HOUR = rolling(CapScope.CAMPAIGN, 3, Duration.ofHours(1));

    @TempDir
    Path directory;

    private CapStores stores;
    private WindowStore<String, byte[]> store;
    private FrequencyCaps caps;
    private long reservations;

    @BeforeEach
    void open() {
        stores = CapStores.open(directory, SETTINGS);
        store = stores.exposures();
        caps = stores.caps(SETTINGS, () -> LifetimeInterest.NONE);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void fourthAdWithinTheHourIsRefused() {
        // Given three ads of one campaign, ten minutes apart
        for (int minute = 0; minute <= 20; minute += 10) {
            assertThat(serve("ann", AD, NOON.plus(Duration.ofMinutes(minute)))).isInstanceOf(CapVerdict.Allowed.class);
        }

        // When a fourth is asked for
        CapVerdict verdict = verdict("ann", AD, NOON.plus(Duration.ofMinutes(30)), THREE_AN_HOUR);

        // Then the rule refuses it and says what it counted
        assertThat(verdict).isEqualTo(new CapVerdict.Refused(THREE_AN_HOUR, 3));
    }

    @Test
    void refusalConsumesNothing() {
        serveThree("ann");

        for (int i = 0; i < 10; i++) {
            serve("ann", AD, NOON.plusSeconds(60));
        }

        assertThat(serve("ann", AD, NOON.plus(Duration.ofHours(1)).plusMillis(2)))
                .isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void rollingWindowEndsToTheMillisecond() {
        serveThree("ann");

        assertThat(verdict("ann", AD, NOON.plus(Duration.ofHours(1)).minusMillis(1), THREE_AN_HOUR))
                .isEqualTo(new CapVerdict.Refused(THREE_AN_HOUR, 3));
        assertThat(verdict("ann", AD, NOON.plus(Duration.ofHours(1)), THREE_AN_HOUR))
                .isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void usersAreCountedApartEvenWhereOneKeyBeginsWithAnother() {
        serveThree("u1");

        assertThat(verdict("u10", AD, NOON.plusSeconds(1), THREE_AN_HOUR)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(verdict("u1\0", AD, NOON.plusSeconds(1), THREE_AN_HOUR)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(verdict("u", AD, NOON.plusSeconds(1), THREE_AN_HOUR)).isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void everyScopeCountsItsOwnId() {
        serve("ann", AD, NOON);
        CapSubject other = new CapSubject("c2", "cr2", "globex", "midroll", "up2");

        for (CapScope scope : CapScope.values()) {
            CapRule once = rolling(scope, 1, Duration.ofHours(1));
            assertThat(verdict("ann", AD, NOON, once)).as("same %s", scope).isEqualTo(new CapVerdict.Refused(once, 1));
            assertThat(verdict("ann", other, NOON, once) instanceof CapVerdict.Allowed)
                    .as("other %s", scope)
                    .isEqualTo(scope != CapScope.USER);
        }
    }

    @Test
    void ruleOfAnUnknownIdWaitsForTheAnswer() {
        CapRule creativeOnce = rolling(CapScope.CREATIVE, 1, Duration.ofHours(1));
        serve("ann", AD, NOON);
        CapSubject before = CapSubject.beforeTheAnswer("c1", "acme", "preroll");
        UserCaps ann = of("ann");

        assertThat(ann.check(List.of(creativeOnce), before, NOON)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(ann.check(List.of(creativeOnce), AD, NOON)).isInstanceOf(CapVerdict.Refused.class);
    }

    @Test
    void adWithoutAnUpstreamIsNotCountedWithOthersWithoutOne() {
        CapSubject own = new CapSubject("c1", "cr1", "acme", "preroll", "");
        serve("ann", own, NOON);

        assertThat(verdict("ann", own, NOON, rolling(CapScope.UPSTREAM, 1, Duration.ofHours(1))))
                .isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void everyRuleMustAllow() {
        CapRule twoADay = new CapRule(CapScope.ADVERTISER, 2, new CapSpan.Calendar(Unit.DAY, ZoneId.of("UTC")));
        serve("ann", AD, NOON);
        serve("ann", AD, NOON.plusMillis(1));

        assertThat(verdict("ann", AD, NOON.plusMillis(2), THREE_AN_HOUR, twoADay))
                .isEqualTo(new CapVerdict.Refused(twoADay, 2));
    }

    @Test
    void lateAdMustFitTheWindowsThatEndAfterIt() {
        // Given three ads within an hour, one of them before the late one
        serve("ann", AD, NOON);
        serve("ann", AD, NOON.plus(Duration.ofMinutes(40)));
        serve("ann", AD, NOON.plus(Duration.ofMinutes(50)));

        // When one is decided late, at a time when only one other was there
        CapVerdict verdict = verdict("ann", AD, NOON.plus(Duration.ofMinutes(30)), THREE_AN_HOUR);

        // Then the hour that ends twenty minutes later would have four
        assertThat(verdict).isEqualTo(new CapVerdict.Refused(THREE_AN_HOUR, 3));
    }

    @Test
    void lateAdThatSharesNoFullWindowIsAllowed() {
        serve("ann", AD, NOON.plus(Duration.ofMinutes(60)));
        serve("ann", AD, NOON.plus(Duration.ofMinutes(70)));
        serve("ann", AD, NOON.plus(Duration.ofMinutes(80)));

        assertThat(verdict("ann", AD, NOON, THREE_AN_HOUR)).isInstanceOf(CapVerdict.Allowed.class);
        assertThat(verdict("ann", AD, NOON.plus(Duration.ofMinutes(20)), THREE_AN_HOUR))
                .as("its hour up to minute 79 has only two others")
                .isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void adsExactlyOneLengthApartShareNoWindow() {
        CapRule twoAnHour = rolling(CapScope.CAMPAIGN, 2, Duration.ofHours(1));
        serve("ann", AD, NOON);
        serve("ann", AD, NOON.plus(Duration.ofHours(1)));

        assertThat(verdict("ann", AD, NOON.plus(Duration.ofMinutes(30)), twoAnHour))
                .isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void releasedReservationIsGivenBack() {
        Exposure reserved = Exposure.reserved(NOON, AD, 0, 7);
        caps.reserve("ann", reserved);

        caps.release("ann", NOON, 7);

        assertThat(remaining("ann")).isEqualTo(3);
        assertThat(rows("ann")).isZero();
    }

    @Test
    void shownAdIsNotGivenBack() {
        caps.reserve("ann", Exposure.reserved(NOON, AD, 0, 7));
        caps.confirm("ann", NOON, 7);

        caps.release("ann", NOON, 7);

        assertThat(remaining("ann")).isEqualTo(2);
    }

    @Test
    void everyWriteCanBeRepeated() {
        for (int i = 0; i < 3; i++) {
            assertThat(caps.reserve("ann", Exposure.reserved(NOON, AD, 0, 7))).isTrue();
        }
        assertThat(remaining("ann")).isEqualTo(2);

        caps.confirm("ann", NOON, 7);
        caps.confirm("ann", NOON, 7);
        caps.reserve("ann", Exposure.reserved(NOON, AD, 0, 7));
        caps.release("ann", NOON, 7);
        assertThat(remaining("ann")).isEqualTo(2);

        caps.addLate("ann", Exposure.reserved(NOON, AD, 0, 8));
        caps.addLate("ann", Exposure.reserved(NOON, AD, 0, 8));
        caps.release("ann", NOON, 8);
        assertThat(remaining("ann")).isEqualTo(1);
    }

    @Test
    void releaseAndConfirmOfNothingDoNothing() {
        caps.release("ann", NOON, 1);
        caps.confirm("ann", NOON, 1);

        assertThat(rows("ann")).isZero();
    }

    @Test
    void lateImpressionCountsEvenAboveTheRule() {
        serveThree("ann");

        caps.addLate("ann", Exposure.reserved(NOON.plusSeconds(5), AD, 0, 99));

        assertThat(verdict("ann", AD, NOON.plusSeconds(6), THREE_AN_HOUR))
                .isEqualTo(new CapVerdict.Refused(THREE_AN_HOUR, 4));
        assertThat(remaining("ann")).isZero();
    }

    @Test
    void severalSlotsOfOneRequestSeeEachOther() {
        CapRule once = rolling(CapScope.CAMPAIGN, 1, Duration.ofHours(1));
        UserCaps request = of("ann");
        assertThat(request.check(List.of(once), AD, NOON)).isInstanceOf(CapVerdict.Allowed.class);

        request.reserve(AD, NOON, 1);

        assertThat(request.check(List.of(once), AD, NOON)).isEqualTo(new CapVerdict.Refused(once, 1));
    }

    @Test
    void requestSeesWhatAnotherOfTheSameUserWroteMeanwhile() {
        CapRule once = rolling(CapScope.CAMPAIGN, 1, Duration.ofHours(1));
        UserCaps request = of("ann");
        assertThat(request.check(List.of(once), AD, NOON)).isInstanceOf(CapVerdict.Allowed.class);

        of("ann").reserve(AD, NOON, 1);

        assertThat(request.check(List.of(once), AD, NOON)).isEqualTo(new CapVerdict.Refused(once, 1));
        caps.release("ann", NOON, 1);
        assertThat(request.check(List.of(once), AD, NOON)).isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void ruleBeyondRetentionRefusesInsteadOfUndercounting() {
        CapRule tooLong = rolling(CapScope.USER, 5, Duration.ofDays(31).plusMillis(1));

        assertThat(of("ann").check(List.of(tooLong), AD, NOON)).isEqualTo(new CapVerdict.BeyondRetention(tooLong));
        assertThat(of("ann").remaining(tooLong, AD, NOON)).isZero();
    }

    @Test
    void remainingOfARuleWhoseIdIsUnknownIsItsLimit() {
        CapRule creative = rolling(CapScope.CREATIVE, 4, Duration.ofHours(1));
        serve("ann", AD, NOON);

        assertThat(of("ann").remaining(creative, AD, NOON)).isEqualTo(3);
        assertThat(of("ann").remaining(creative, CapSubject.beforeTheAnswer("c1", "acme", "preroll"), NOON))
                .isEqualTo(4);
    }

    @Test
    void userWithFiveHundredAdsInASlotIsRefusedWhateverTheRule() {
        IntStream.range(0, 500).forEach(i -> caps.reserve("bot", Exposure.reserved(NOON.plusMillis(i), AD, 0, i)));
        CapSubject other = new CapSubject("c2", "cr2", "globex", "midroll", "up2");

        assertThat(verdict("bot", other, NOON.plusSeconds(1), THREE_AN_HOUR)).isEqualTo(new CapVerdict.UserFull());
        assertThat(verdict("bot", other, NOON.plusSeconds(1)))
                .as("without any rule")
                .isEqualTo(new CapVerdict.UserFull());
        assertThat(of("bot").reserve(other, NOON, 501)).isFalse();
        assertThat(verdict("bot", other, NOON.plus(SETTINGS.slot()), THREE_AN_HOUR))
                .as("the next slot has room")
                .isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void lateImpressionsCountInAFullSlotTooUntilItIsFullOfThemAsWell() {
        CapRule fiveHundred = rolling(CapScope.CAMPAIGN, 500, Duration.ofDays(2));
        CapSubject other = new CapSubject("c2", "cr2", "globex", "midroll", "up2");
        IntStream.range(0, 500).forEach(i -> caps.reserve("bot", Exposure.reserved(NOON, AD, 0, i)));

        IntStream.range(500, 700)
                .forEach(i -> assertThat(caps.addLate("bot", Exposure.reserved(NOON, other, 0, i)))
                        .isTrue());

        assertThat(caps.addLate("bot", Exposure.reserved(NOON, other, 0, 700))).isFalse();
        assertThat(of("bot").remaining(fiveHundred, other, NOON.plus(Duration.ofDays(1))))
                .isEqualTo(300);
    }

    @Test
    void userWithMoreAdsThanAreReadIsRefused() {
        CapRule aMonth = rolling(CapScope.CAMPAIGN, 3, Duration.ofDays(31));
        CapSubject other = new CapSubject("c2", "cr2", "globex", "midroll", "up2");
        TimeSlot full = new TimeSlot(IntStream.range(0, 500)
                .mapToObj(i -> Exposure.reserved(NOON, AD, 0, i))
                .toList());
        for (int hour = 0; hour <= CapReading.MAX_READ / 500; hour++) {
            store.put(
                    "bot",
                    TimeSlotCodec.encode(full),
                    NOON.plus(SETTINGS.slot().multipliedBy(hour)).toEpochMilli());
        }

        assertThat(verdict("bot", other, NOON.plus(Duration.ofDays(11)), aMonth))
                .isEqualTo(new CapVerdict.UserFull());
    }

    @Test
    void unreadableRowRefusesItsUserAndNobodyElse() {
        byte[] garbage = {9, 9, 9};
        store.put("ann", garbage, NOON.toEpochMilli());

        assertThat(verdict("ann", AD, NOON, THREE_AN_HOUR)).isEqualTo(new CapVerdict.UserFull());
        assertThat(caps.reserve("ann", Exposure.reserved(NOON, AD, 0, 1))).isFalse();
        caps.confirm("ann", NOON, 1);
        caps.release("ann", NOON, 1);
        assertThat(remaining("ann")).isZero();
        assertThat(store.fetch("ann", NOON.toEpochMilli())).as("left as it is").isEqualTo(garbage);
        assertThat(caps.unreadableRows()).isEqualTo(5);
        assertThat(verdict("bob", AD, NOON, THREE_AN_HOUR)).isInstanceOf(CapVerdict.Allowed.class);
    }

    @Test
    void exposuresSurviveARestart() {
        serveThree("ann");
        stores.close();

        open();

        assertThat(verdict("ann", AD, NOON.plusSeconds(1), THREE_AN_HOUR))
                .isEqualTo(new CapVerdict.Refused(THREE_AN_HOUR, 3));
    }

    @Test
    void longestWindowIsStillCountedWhenTheDecisionIsLate() {
        CapRule aMonth = rolling(CapScope.CAMPAIGN, 1, Duration.ofDays(31));
        serve("ann", AD, NOON.plusMillis(1));
        Instant newest = NOON.plus(Duration.ofDays(31)).plus(SETTINGS.lateness());
        serve("bob", AD, newest);

        assertThat(verdict("ann", AD, newest.minus(SETTINGS.lateness()), aMonth))
                .isEqualTo(new CapVerdict.Refused(aMonth, 1));
    }

    private void serveThree(String user) {
        for (int i = 0; i < 3; i++) {
            assertThat(serve(user, AD, NOON)).isInstanceOf(CapVerdict.Allowed.class);
        }
    }

    /** Asks under the campaign's rule and reserves what is allowed, as a decision does. */
    private CapVerdict serve(String user, CapSubject subject, Instant now) {
        CapVerdict verdict = verdict(user, subject, now, THREE_AN_HOUR);
        if (verdict instanceof CapVerdict.Allowed) {
            caps.reserve(user, Exposure.reserved(now, subject, 0, ++reservations));
        }
        return verdict;
    }

    private CapVerdict verdict(String user, CapSubject subject, Instant now, CapRule... rules) {
        return of(user).check(List.of(rules), subject, now);
    }

    private int remaining(String user) {
        return of(user).remaining(THREE_AN_HOUR, AD, NOON);
    }

    /** A new request of this user. */
    private UserCaps of(String user) {
        return caps.of(new Viewer(user, 0, NOON));
    }

    private int rows(String user) {
        int rows = 0;
        try (WindowStoreIterator<byte[]> all = store.fetch(user, 0, Long.MAX_VALUE)) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    private static CapRule rolling(CapScope scope, int limit, Duration length) {
        return new CapRule(scope, limit, new CapSpan.Rolling(length));
    }
}

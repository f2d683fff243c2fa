package millrace.devkit.referee;

import static millrace.devkit.referee.Happened.COST;
import static millrace.devkit.referee.Happened.calendar;
import static millrace.devkit.referee.Happened.rolling;
import static millrace.devkit.referee.Happened.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.ImpressionVerdict;
import org.junit.jupiter.api.Test;

/** A referee that cannot fail is worth nothing: each kind of violation is shown to it, and it must find each. */
class RefereeTest {
    private final Happened run = new Happened();

    @Test
    void runInWhichAllWentWellIsClean() {
        run.campaign(0, "spring", 3, rolling(CapScope.CAMPAIGN, 2, 10));
        String seen = run.serves(1, "ann", "spring");
        run.serves(2, "ann", "spring");
        run.serves(11, "ann", "spring");
        run.shows(3, seen);

        Findings findings = run.judged();

        assertThat(findings.isClean()).as(findings.toString()).isTrue();
        assertThat(findings.accounts()).containsExactly(new Findings.Account("spring", 3 * COST, COST, 2 * COST, 0));
    }

    @Test
    void requestWithoutAnAnswerIsLost() {
        run.asks(1, "heard").answers(1.1, "heard").asks(2, "unheard");

        assertThat(run.judged().lost()).containsExactly("unheard");
    }

    @Test
    void secondAnswerIsADuplicate() {
        run.asks(1, "twice").answers(1.1, "twice").answers(1.2, "twice");

        assertThat(run.judged().duplicated()).containsExactly("twice");
    }

    @Test
    void duplicateIsExcusedOnlyAroundADisturbance() {
        run.excuses(10, 20);
        run.asks(9, "around").answers(9.9, "around").answers(12, "around");
        run.asks(30, "later").answers(30, "later").answers(31, "later");

        Findings findings = run.judged();

        assertThat(findings.excused()).isEqualTo(1);
        assertThat(findings.duplicated()).containsExactly("later");
    }

    @Test
    void adBeyondARollingCapIsExcess() {
        run.campaign(0, "spring", 100, rolling(CapScope.CAMPAIGN, 2, 10));
        run.serves(1, "ann", "spring");
        run.serves(5, "ann", "spring");
        run.serves(10.999, "ann", "spring");
        run.serves(10.999, "bob", "spring");

        assertThat(run.judged().capExcess()).singleElement().asString().startsWith("ann got 3 of 2");
    }

    @Test
    void windowIsExactToTheMillisecond() {
        run.campaign(0, "spring", 100, rolling(CapScope.CAMPAIGN, 2, 10));
        run.serves(1, "ann", "spring");
        run.serves(5, "ann", "spring");
        run.serves(11, "ann", "spring");

        assertThat(run.judged().capExcess()).isEmpty();
    }

    @Test
    void reservationThatEndedCountsNoMoreUnlessItWasSeen() {
        run.campaign(0, "spring", 100, rolling(CapScope.CAMPAIGN, 1, 600));
        run.serves(1, "ann", "spring");
        run.serves(70, "ann", "spring");
        String seen = run.serves(1, "bob", "spring");
        run.shows(2, seen);
        run.serves(70, "bob", "spring");

        assertThat(run.judged().capExcess()).singleElement().asString().startsWith("bob");
    }

    @Test
    void lateImpressionMakesAnExcessThatIsReportedApart() {
        run.campaign(0, "spring", 100, rolling(CapScope.CAMPAIGN, 1, 600));
        String late = run.serves(1, "ann", "spring");
        run.serves(70, "ann", "spring");
        run.shows(80, late, ImpressionVerdict.LATE);

        Findings findings = run.judged();

        assertThat(findings.isClean()).isTrue();
        assertThat(findings.excessByLate()).isEqualTo(1);
        assertThat(findings.lateImpressions()).isEqualTo(1);
    }

    @Test
    void calendarDayEndsAtMidnightOfItsZone() {
        run.campaign(0, "spring", 100, calendar(CapScope.USER, 1, CapWindow.DAY, "Europe/Berlin"));
        // It is 22:00 in Berlin when the run begins.
        run.serves(7_150, "ann", "spring");
        run.serves(7_201, "ann", "spring");
        run.serves(7_150, "bob", "spring");
        run.serves(7_199, "bob", "spring");

        assertThat(run.judged().capExcess()).singleElement().asString().startsWith("bob");
    }

    @Test
    void adsCloserThanTheirGapAreExcess() {
        run.campaign(0, "spring", 100).minGap(5);
        run.serves(1, "ann", "spring");
        run.serves(6, "ann", "spring");
        run.serves(1, "bob", "spring");
        run.serves(5.999, "bob", "spring");

        assertThat(run.judged().capExcess()).singleElement().asString().startsWith("bob");
    }

    @Test
    void podIsWhatOneRequestGot() {
        run.campaign(0, "spring", 100, within(CapScope.CAMPAIGN, 1, CapWindow.POD));
        run.serves(1, "ann", "spring");
        run.serves(2, "ann", "spring");
        run.asks(3, "pod");
        run.answers(
                3,
                "pod",
                run.records(3, "bob", "spring", "pod", "film"),
                run.records(3, "bob", "spring", "pod", "film"));

        assertThat(run.judged().capExcess()).singleElement().asString().startsWith("bob");
    }

    @Test
    void lifetimeNeverEnds() {
        run.campaign(0, "spring", 100, within(CapScope.CAMPAIGN, 1, CapWindow.LIFETIME));
        run.shows(2, run.serves(1, "ann", "spring"));
        run.serves(86_400, "ann", "spring");

        assertThat(run.judged().capExcess()).hasSize(1);
    }

    @Test
    void everyScopeIsHeldAgainstItsRule() {
        for (CapScope scope : new CapScope[] {CapScope.CREATIVE, CapScope.ADVERTISER, CapScope.USER}) {
            Happened one = new Happened().campaign(0, "spring", 100, rolling(scope, 1, 10));
            one.serves(1, "ann", "spring");
            one.serves(2, "ann", "spring");

            assertThat(one.judged().capExcess()).as(scope.name()).hasSize(1);
        }
    }

    @Test
    void capOfAPlacementCountsAllAdsThere() {
        run.placement("film", rolling(CapScope.PLACEMENT, 1, 10));
        run.campaign(0, "spring", 100).campaign(0, "autumn", 100);
        run.serves(1, "ann", "spring");
        run.serves(2, "ann", "autumn");

        assertThat(run.judged().capExcess()).hasSize(1);
    }

    @Test
    void adsOfOthersCountOnlyWhenTheyCameBefore() {
        run.campaign(0, "capped", 100, rolling(CapScope.USER, 1, 10)).campaign(0, "free", 100);
        run.serves(1, "ann", "capped");
        run.serves(2, "ann", "free");
        run.serves(1, "bob", "free");
        run.serves(2, "bob", "capped");

        assertThat(run.judged().capExcess()).singleElement().asString().startsWith("bob");
    }

    @Test
    void clocksThatDifferMakeNoExcess() {
        run.campaign(0, "spring", 100, rolling(CapScope.CAMPAIGN, 1, 600));
        run.serves(1, "ann", "spring");
        // By a clock that is two seconds ahead, the reservation has ended.
        run.serves(59.5, "ann", "spring");

        assertThat(run.judged(Duration.ofSeconds(2)).capExcess()).isEmpty();
        assertThat(run.judged(Duration.ZERO).capExcess()).hasSize(1);
    }

    @Test
    void spendingMoreThanTheBudgetIsOverspend() {
        run.campaign(0, "spring", 2);
        Stream.of(1, 2, 3).forEach(at -> run.shows(at, run.serves(at, "user-" + at, "spring")));

        assertThat(run.judged().overspend()).containsExactly(entry("spring", COST));
    }

    @Test
    void reservingMoreThanTheBudgetIsOverspendToo() {
        run.campaign(0, "spring", 2);
        Stream.of(1, 2, 3).forEach(at -> run.serves(at, "user-" + at, "spring"));

        assertThat(run.judged().overspend()).containsExactly(entry("spring", COST));
    }

    @Test
    void moneyOfReservationsThatEndedMayBeSpentAgain() {
        run.campaign(0, "spring", 2);
        Stream.of(1, 2, 70, 71).forEach(at -> run.serves(at, "user-" + at, "spring"));

        assertThat(run.judged().overspend()).isEmpty();
    }

    @Test
    void toppedUpBudgetMayBeSpentOnceItIsThere() {
        run.campaign(0, "spring", 1).campaign(10, "spring", 2);
        run.serves(1, "ann", "spring");
        run.serves(11, "bob", "spring");
        Happened early = new Happened().campaign(0, "spring", 1).campaign(10, "spring", 2);
        early.serves(1, "ann", "spring");
        early.serves(9, "bob", "spring");

        assertThat(run.judged().overspend()).isEmpty();
        assertThat(early.judged().overspend()).containsExactly(entry("spring", COST));
    }

    @Test
    void excessOfACutIsApartAndBoundedByWhatWasOut() {
        run.campaign(0, "spring", 10).grants(1, "spring", 0, 3).grants(1, "spring", 1, 2);
        run.campaign(10, "spring", 2);
        Stream.of(1, 2, 3).forEach(at -> run.serves(at, "user-" + at, "spring"));
        run.serves(20, "leased", "spring");
        run.serves(21, "leased too", "spring");

        Findings within = run.judged();
        run.serves(22, "one too many", "spring");
        Findings beyond = run.judged();

        assertThat(within.isClean()).as(within.toString()).isTrue();
        assertThat(within.accounts().getFirst().excessOfCutsNanos()).isEqualTo(3 * COST);
        assertThat(beyond.overspend()).containsExactly(entry("spring", COST));
    }

    @Test
    void impressionBilledAgainIsFound() {
        run.campaign(0, "spring", 10);
        String token = run.serves(1, "ann", "spring");
        run.shows(2, token).shows(3, token);

        assertThat(run.judged().doubleBilled()).containsExactly(TokenText.reservation(token));
    }

    @Test
    void impressionOfNothingIsFound() {
        run.campaign(0, "spring", 10);
        run.serves(1, "ann", "spring");
        run.shows(2, Happened.token(99));

        assertThat(run.judged().unmatched()).singleElement().asString().startsWith("impression of nothing");
    }

    @Test
    void shownAdWithoutAnImpressionOnRecordIsFound() {
        run.campaign(0, "spring", 10);
        run.tells(run.serves(1, "ann", "spring"));

        assertThat(run.judged().unmatched()).singleElement().asString().startsWith("impression not on record");
    }

    @Test
    void adWithoutItsRecordAndRecordWithoutItsAdAreFound() {
        run.campaign(0, "spring", 10);
        run.asks(1, "unrecorded").answers(1, "unrecorded", Happened.token(77));
        run.records(2, "ann", "spring", "unanswered", "film");

        assertThat(run.judged().unmatched()).anyMatch(each -> each.startsWith("not recorded"));
        assertThat(run.judged().unmatched()).anyMatch(each -> each.startsWith("not answered"));
    }

    @Test
    void adServedWhileItsCampaignIsPausedIsReported() {
        run.campaign(0, "spring", 10).campaign(10, "spring", CampaignStatus.PAUSED, 10);
        run.serves(10.5, "ann", "spring");
        run.serves(12, "bob", "spring");

        assertThat(run.judged().servedWhilePaused()).containsExactly(entry("spring", 1));
    }

    @Test
    void knowsOfMillraceItsRecordsAndNothingElse() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java", "millrace", "devkit", "referee"))) {
            assertThat(sources.filter(Files::isRegularFile)
                            .flatMap(RefereeTest::lines)
                            .filter(line -> line.startsWith("import ") && line.contains(" millrace.")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("import millrace.schemas."));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

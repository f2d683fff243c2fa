package millrace.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final long MILLI = 1_000_000;

    // 100 requests of warm-up, 1000 that are measured.
    private final Schedule schedule = Schedule.of(
            new LoadPlan(100, Duration.ofSeconds(3), Duration.ofSeconds(10), 10, "preroll", 5, Duration.ofSeconds(1)));
    private final Tally tally = new Tally(schedule);

    @Test
    void percentilesAreOfTheTimeSinceEachWasDue() {
        for (int i = 0; i < 1_000; i++) {
            answer(100 + i, Answer.FILLED, (i + 1) * MILLI);
        }

        LoadReport report = tally.report(0);

        assertThat(report.p50Ms()).isCloseTo(500, Offset.offset(1.0));
        assertThat(report.p99Ms()).isCloseTo(990, Offset.offset(2.0));
        assertThat(report.p999Ms()).isCloseTo(999, Offset.offset(2.0));
        assertThat(report.maxMs()).isCloseTo(1_000, Offset.offset(2.0));
        assertThat(report.filled()).isEqualTo(1_000);
    }

    @Test
    void warmUpCountsInNoFigure() {
        answer(0, Answer.FILLED, 900 * MILLI);
        answer(99, "CAPPED", 900 * MILLI);
        answer(100, Answer.FILLED, MILLI);

        LoadReport report = tally.report(0);

        assertThat(report.offered()).isEqualTo(1_000);
        assertThat(report.answered()).isEqualTo(1);
        assertThat(report.maxMs()).isCloseTo(1, Offset.offset(0.01));
        assertThat(report.noFillByReason()).isEmpty();
        assertThat(report.warmUp()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatHasNoAnswerIsLost() {
        for (int i = 0; i < schedule.size(); i++) {
            if (i % 10 != 0) {
                answer(i, Answer.FILLED, MILLI);
            }
        }

        assertThat(tally.report(0).lost()).isEqualTo(100);
        assertThat(tally.isComplete()).isFalse();
    }

    @Test
    void aSecondAnswerIsADuplicateAndChangesNoOtherFigure() {
        answer(100, Answer.FILLED, MILLI);
        answer(100, "CAPPED", 500 * MILLI);
        answer(100, "CAPPED", 600 * MILLI);
        answer(3, Answer.FILLED, MILLI);
        answer(3, Answer.FILLED, 2 * MILLI);

        LoadReport report = tally.report(0);

        assertThat(report.duplicated()).isEqualTo(3);
        assertThat(report.answered()).isEqualTo(1);
        assertThat(report.filled()).isEqualTo(1);
        assertThat(report.noFillByReason()).isEmpty();
        assertThat(report.maxMs()).isCloseTo(1, Offset.offset(0.01));
        assertThat(tally.answered()).isEqualTo(2);
    }

    @Test
    void hundredsOfRepeatsAreAllCounted() {
        for (int i = 0; i < 301; i++) {
            answer(100, Answer.FILLED, MILLI);
        }

        assertThat(tally.report(0).duplicated()).isEqualTo(300);
    }

    @Test
    void noFillsAreCountedByReasonAndShedAlone() {
        answer(100, "OVERLOADED", MILLI);
        answer(101, "OVERLOADED", MILLI);
        answer(102, "CAPPED", MILLI);
        answer(103, Answer.REFUSED, MILLI);

        LoadReport report = tally.report(3 * MILLI);

        assertThat(report.shed()).isEqualTo(2);
        assertThat(report.noFillByReason()).isEqualTo(Map.of("OVERLOADED", 2L, "CAPPED", 1L, "REFUSED", 1L));
        assertThat(report.filled()).isZero();
        assertThat(report.latestSendMs()).isEqualTo(3);
    }

    @Test
    void theRateIsOfAnswersThatArriveWhileItIsMeasured() {
        for (int i = 100; i < 600; i++) {
            tally.book(new Answer(i, Answer.FILLED), schedule.measureToNanos() - 1);
        }
        for (int i = 600; i < 1_100; i++) {
            tally.book(new Answer(i, Answer.FILLED), schedule.measureToNanos() + 1);
        }

        assertThat(tally.report(0).perSecond()).isEqualTo(50);
        assertThat(tally.report(0).answered()).isEqualTo(1_000);
    }

    @Test
    void aNumberBeyondThePlanIsNobodysAnswer() {
        tally.book(new Answer(1_100, Answer.FILLED), MILLI);

        assertThat(tally.answered()).isZero();
    }

    private void answer(int request, String outcome, long afterDueNanos) {
        tally.book(new Answer(request, outcome), schedule.dueNanos(request) + afterDueNanos);
    }
}

package millrace.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 42, 1_000_003})
    void offersExactlyTheRateInOrderAndWithinItsPart(long seed) {
        Schedule schedule = Schedule.of(plan(500, 6, 10, 100, seed));

        assertThat(schedule.size()).isEqualTo(6_000);
        assertThat(schedule.measured()).isEqualTo(5_000);
        for (int i = 1; i < schedule.size(); i++) {
            assertThat(schedule.dueNanos(i)).isGreaterThanOrEqualTo(schedule.dueNanos(i - 1));
            assertThat(schedule.isMeasured(i)).isEqualTo(schedule.dueNanos(i) >= schedule.measureFromNanos());
            assertThat(schedule.user(i)).isBetween(0, 99);
        }
        assertThat(schedule.dueNanos(5_999)).isLessThan(schedule.measureToNanos());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 42, 1_000_003})
    void arrivalsAreBunchedAsStrangersAre(long seed) {
        Schedule schedule = Schedule.of(plan(1_000, 0, 20, 1, seed));
        double meanNanos = 1e6;

        long close = IntStream.range(1, schedule.size())
                .filter(i -> schedule.dueNanos(i) - schedule.dueNanos(i - 1) < meanNanos / 2)
                .count();

        // Of exponential gaps 1 - e^-0.5 = 39.3 % are shorter than half the mean; of even ones, none.
        assertThat(close / 20_000.0).isBetween(0.37, 0.42);
    }

    @Test
    void theWarmUpRisesAsTheSquareOfTheTime() {
        Schedule schedule = Schedule.of(plan(1_000, 30, 1, 1, 3));
        int warmUp = schedule.size() - schedule.measured();

        long inItsFirstHalf = IntStream.range(0, warmUp)
                .filter(i -> schedule.dueNanos(i) < schedule.measureFromNanos() / 2)
                .count();

        assertThat(warmUp).isEqualTo(10_000);
        assertThat(inItsFirstHalf / 10_000.0).isBetween(0.11, 0.14);
    }

    @Test
    void theSameSeedGivesTheSameSchedule() {
        Schedule one = Schedule.of(plan(100, 1, 1, 50, 9));
        Schedule two = Schedule.of(plan(100, 1, 1, 50, 9));

        for (int i = 0; i < one.size(); i++) {
            assertThat(one.dueNanos(i)).isEqualTo(two.dueNanos(i));
            assertThat(one.user(i)).isEqualTo(two.user(i));
        }
    }

    @Test
    void impossiblePlansAreRefusedByName() {
        assertThatThrownBy(() -> plan(0, 1, 1, 1, 1)).hasMessageContaining("rate is 0; allowed is 1 to");
        assertThatThrownBy(() -> plan(1, 1, 1, 10_000_000, 1)).hasMessageContaining("users is 10000000");
        assertThatThrownBy(() -> plan(1, 1, 0, 1, 1)).hasMessageContaining("duration PT0S");
        assertThatThrownBy(() -> plan(1_000_000, 0, 3_600, 1, 1)).hasMessageContaining("rate times time");
    }

    private static LoadPlan plan(int rate, int warmUpSeconds, int seconds, int users, long seed) {
        return new LoadPlan(
                rate,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(seconds),
                users,
                "preroll",
                seed,
                Duration.ofSeconds(1));
    }
}

package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Set;
import millrace.catalog.Supply;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamStatsTest {
    private static final Supply.Pooled POOL = Bench.pool(SelectorKind.ROUND_ROBIN, "p1");

    private final Bench bench = new Bench(1);

    UpstreamStatsTest() {
        bench.catalog.with("p1");
    }

    @ParameterizedTest(name = "alpha {0}")
    @CsvSource({"0.1, 110, 109", "0.2, 120, 116", "0.5, 150, 125"})
    void averageMovesByItsShareOfEachSample(double alpha, double second, double third) {
        Ewma average = new Ewma(alpha, Duration.ofHours(1).toNanos());

        average.add(100, 0);
        assertThat(average.value()).as("the first sample is the value").isEqualTo(100);
        average.add(200, 0);
        assertThat(average.value()).isCloseTo(second, within(1e-9));
        average.add(100, 0);
        assertThat(average.value()).isCloseTo(third, within(1e-9));
    }

    @Test
    void whatWasLearntBeforeALongPauseHardlyCounts() {
        Ewma average = new Ewma(0.2, Duration.ofSeconds(10).toNanos());
        average.add(1000, 0);

        average.add(100, Duration.ofSeconds(40).toNanos());

        assertThat(average.value()).isBetween(100.0, 120.0);
    }

    @ParameterizedTest(name = "smoothing {0}")
    @ValueSource(doubles = {0, 1, -0.2, Double.NaN})
    void smoothingIsBetweenNothingAndAll(double smoothing) {
        assertThatThrownBy(() -> new RotationSettings(smoothing, Duration.ofHours(1)))
                .hasMessageContaining("above 0 and below 1");
        assertThatThrownBy(() -> new RotationSettings(0.2, Duration.ZERO)).hasMessageContaining("positive");
    }

    @Test
    void leaseKnowsTheUsualTimeOfItsUpstream() {
        assertThat(bench.lease(POOL).usualNanos()).as("nothing is known").isZero();
        for (int i = 0; i < 20; i++) {
            bench.answered(POOL, Duration.ofMillis(40));
        }

        assertThat(bench.lease(POOL).usualNanos())
                .isEqualTo(Duration.ofMillis(40).toNanos());
    }

    @Test
    void callThatWasGivenUpEarlySaysNothingOfTheUsualTimeAndALateOneDoes() {
        bench.answered(POOL, Duration.ofMillis(40));
        drop(Duration.ofMillis(5));
        assertThat(bench.lease(POOL).usualNanos())
                .isEqualTo(Duration.ofMillis(40).toNanos());

        drop(Duration.ofMillis(140));

        assertThat(bench.lease(POOL).usualNanos())
                .isBetween(
                        Duration.ofMillis(60).toNanos(), Duration.ofMillis(61).toNanos());
    }

    @Test
    void callThatHadLessThanTheUsualTimeIsNotHeldAgainstIt() {
        bench.answered(POOL, Duration.ofMillis(40));
        UpstreamLease late = bench.lease(POOL);
        bench.pass(Duration.ofMillis(10));
        late.timedOut();
        assertThat(bench.rotation.counts("p1")).isEqualTo(new UpstreamCounts(0, 1, 0));

        UpstreamLease slow = bench.lease(POOL);
        bench.pass(Duration.ofMillis(40));
        slow.timedOut();

        assertThat(bench.rotation.counts("p1")).isEqualTo(new UpstreamCounts(0, 1, 1));
    }

    @Test
    void usualTimeIsForgottenWhenNothingIsLearntForAMinute() {
        bench.answered(POOL, Duration.ofMillis(40));
        bench.pass(Duration.ofSeconds(59));
        assertThat(bench.lease(POOL).usualNanos()).isPositive();

        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.lease(POOL).usualNanos()).isZero();
    }

    @Test
    void leaseTellsTheRotationThatChoseIt() {
        UpstreamLease early = bench.lease(POOL);
        bench.catalog.with("p2");
        Supply.Pooled swapped = Bench.pool(SelectorKind.LEAST_BUSY, "p1", "p2");

        assertThat(bench.lease(swapped).upstream().id()).as("p1 has a call out").isEqualTo("p2");
        early.success();

        assertThat(bench.rotation.counts("p1")).isEqualTo(new UpstreamCounts(0, 1, 0));
        assertThat(bench.lease(swapped, Somebody.whom(Set.of("p2")))
                        .orElseThrow()
                        .upstream()
                        .id())
                .isEqualTo("p1");
    }

    private void drop(Duration after) {
        UpstreamLease lease = bench.lease(POOL);
        bench.pass(after);
        lease.dropped();
    }
}

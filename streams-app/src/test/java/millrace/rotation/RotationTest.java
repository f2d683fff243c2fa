package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import millrace.catalog.Supply;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RotationTest {
    private static final Set<String> NONE = Set.of();

    private final Bench bench = new Bench(1);
    private final Rotation rotation = bench.rotation;
    private final Upstreams upstreams = bench.catalog.with("p1", "p2", "p3", "p4", "p5");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @Test
    void roundRobinGoesInACircle() {
        assertThat(choose(circle("p1", "p2", "p3"), 7)).containsExactly("p1", "p2", "p3", "p1", "p2", "p3", "p1");
    }

    @Test
    void roundRobinIsExactToOneRequest() {
        List<String> chosen = choose(circle("p1", "p2", "p3", "p4"), 1001);

        assertThat(counts(chosen)).isEqualTo(Map.of("p1", 251, "p2", 250, "p3", 250, "p4", 250));
    }

    /** A cursor that moves on starves the third of three, and the fifth of five. */
    @ParameterizedTest(name = "last of {0} away on every second request")
    @CsvSource({"2", "3", "4", "5"})
    void oneThatIsAwayEverySecondRequestStillHasItsShare(int size) {
        Supply.Pooled pool =
                circle(IntStream.rangeClosed(1, size).mapToObj(i -> "p" + i).toArray(String[]::new));
        Map<String, Integer> counts = new HashMap<>();

        for (int i = 0; i < 1000; i++) {
            Set<String> away = i % 2 == 0 ? Set.of("p" + size) : NONE;
            counts.merge(choose(pool, away), 1, Integer::sum);
        }

        int share = 1000 / size;
        assertThat(counts).hasSize(size);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(share, share + 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sharesStayEqualWhoeverIsAwayAThirdOfTheTime(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Supply.Pooled pool = circle("p1", "p2", "p3", "p4", "p5");
        Map<String, Integer> counts = new HashMap<>();

        for (int i = 0; i < 10_000; i++) {
            Set<String> away = new HashSet<>(pool.upstreams());
            away.removeIf(id -> random.nextInt(3) > 0);
            rotation.choose(pool, upstreams, Somebody.whom(away))
                    .ifPresent(lease -> counts.merge(lease.upstream().id(), 1, Integer::sum));
        }

        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1985, 2005));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noOtherHasManyTurnsMoreThanOneThatIsAlwaysThere(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Supply.Pooled pool = circle("p1", "p2", "p3", "p4", "p5");
        Map<String, Integer> since = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            if (random.nextInt(200) == 0) {
                since.clear();
            }
            Set<String> away = new HashSet<>();
            for (String other : List.of("p2", "p3", "p4", "p5")) {
                if (random.nextInt(3) == 0) {
                    away.add(other);
                }
            }

            String chosen = choose(pool, away);
            since.merge(chosen, 1, Integer::sum);

            assertThat(away).doesNotContain(chosen);
            assertThat(since.getOrDefault(chosen, 0))
                    .isLessThanOrEqualTo(since.getOrDefault("p1", 0) + RoundRobin.MOST_OWED + 1);
        }
    }

    @Test
    void oneThatComesBackIsOwedAFewTurnsAndNotAllItMissed() {
        Supply.Pooled pool = circle("p1", "p2", "p3");
        IntStream.range(0, 100).forEach(i -> choose(pool, Set.of("p3")));

        assertThat(choose(pool, 7)).containsExactly("p3", "p3", "p3", "p1", "p2", "p3", "p1");
    }

    @Test
    void weightsAreSharedExactlyAndSpread() {
        upstreams.with("a", 5).with("b", 1).with("c", 1);

        assertThat(choose(weighted("a", "b", "c"), 14))
                .containsExactly("a", "a", "b", "a", "c", "a", "a", "a", "a", "b", "a", "c", "a", "a");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void weightsAreSharedWhoeverIsAway(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int[] weights = {1 + random.nextInt(50), 1 + random.nextInt(50), 1 + random.nextInt(1_000_000)};
        upstreams.with("a", weights[0]).with("b", weights[1]).with("c", weights[2]);
        Map<String, Integer> counts = new HashMap<>();
        double requests = 10_000;
        double withoutC = 0;
        for (int i = 0; i < requests; i++) {
            boolean away = random.nextInt(2) == 0;
            withoutC += away ? 1 : 0;
            counts.merge(choose(weighted("a", "b", "c"), away ? Set.of("c") : NONE), 1, Integer::sum);
        }

        double all = weights[0] + weights[1] + (double) weights[2];
        double pair = weights[0] + (double) weights[1];
        double[] expected = {
            withoutC * weights[0] / pair + (requests - withoutC) * weights[0] / all,
            withoutC * weights[1] / pair + (requests - withoutC) * weights[1] / all,
            (requests - withoutC) * weights[2] / all
        };
        double chiSquare = 0;
        for (int i = 0; i < 3; i++) {
            double off = counts.getOrDefault(List.of("a", "b", "c").get(i), 0) - expected[i];
            chiSquare += off * off / expected[i];
        }
        assertThat(chiSquare)
                .as("two degrees of freedom, p = 0.001: %s for weights %s", counts, Arrays.toString(weights))
                .isLessThan(13.82);
    }

    @Test
    void weightZeroIsNeverChosen() {
        upstreams.with("a", 0).with("b", 3);

        assertThat(counts(choose(weighted("a", "b"), 50))).isEqualTo(Map.of("b", 50));
        assertThat(rotation.choose(weighted("a", "b"), upstreams, Somebody.whom(Set.of("b"))))
                .isEmpty();
        assertThat(rotation.choose(weighted("a"), upstreams, Somebody.whom(NONE)))
                .isEmpty();
    }

    @Test
    void changedWeightCountsFromTheNextRequest() {
        upstreams.with("a", 1).with("b", 1);
        choose(weighted("a", "b"), 10);

        upstreams.with("a", 3);

        assertThat(counts(choose(weighted("a", "b"), 40))).isEqualTo(Map.of("a", 30, "b", 10));
    }

    @Test
    void upstreamThatTheCatalogDoesNotHaveIsSkipped() {
        assertThat(choose(circle("gone", "p1", "p2"), 3)).containsExactly("p1", "p2", "p1");
        assertThat(rotation.choose(circle("gone"), upstreams, Somebody.whom(NONE)))
                .isEmpty();

        upstreams.without("p1");
        assertThat(choose(circle("gone", "p1", "p2"), 2)).containsExactly("p2", "p2");
    }

    @Test
    void thoseThatFailedTheRequestAreSkippedUntilNoneIsLeft() {
        Supply.Pooled pool = circle("p1", "p2");

        assertThat(choose(pool, NONE)).isEqualTo("p1");
        assertThat(choose(pool, Set.of("p1"))).isEqualTo("p2");
        assertThat(rotation.choose(pool, upstreams, Somebody.whom(Set.of("p1", "p2"))))
                .isEmpty();
    }

    @Test
    void poolsHaveTheirOwnTurnsAndEqualOnesShareThem() {
        assertThat(choose(circle("p1", "p2"), NONE)).isEqualTo("p1");
        assertThat(choose(circle("p2", "p1"), NONE)).isEqualTo("p2");
        assertThat(choose(weighted("p1", "p2"), NONE)).isEqualTo("p1");
        assertThat(choose(circle("p1", "p2"), NONE)).isEqualTo("p2");
    }

    @Test
    void poolsUsedLongestAgoAreForgotten() {
        choose(circle("p1", "p2"), NONE);
        for (int i = 0; i < Rotation.MAX_POOLS; i++) {
            choose(circle("p1", "p2", "x" + i), NONE);
        }

        assertThat(choose(circle("p1", "p2"), NONE)).as("afresh").isEqualTo("p1");
        assertThat(choose(circle("p1", "p2", "x" + (Rotation.MAX_POOLS - 1)), NONE))
                .as("still known")
                .isEqualTo("p2");
    }

    @Test
    void countsOfUpstreamsUsedLongestAgoAreForgotten() {
        rotation.choose(circle("p1"), upstreams, Somebody.whom(NONE))
                .orElseThrow()
                .success();
        for (int i = 0; i < Rotation.MAX_UPSTREAMS; i++) {
            upstreams.with("x" + i);
            rotation.choose(circle("x" + i), upstreams, Somebody.ANYBODY);
        }

        assertThat(rotation.counts("p1")).isEqualTo(UpstreamCounts.NONE);
        assertThat(rotation.counts("x1").active()).isOne();
    }

    @Test
    void leaseIsCountedOnceByItsFirstOutcome() {
        UpstreamLease answered = lease();
        UpstreamLease ended = lease();
        UpstreamLease failed = lease();
        lease();
        assertThat(rotation.counts("p1")).isEqualTo(new UpstreamCounts(4, 0, 0));

        answered.success();
        ended.ignored();
        failed.dropped();
        answered.dropped();
        ended.success();
        failed.ignored();

        assertThat(rotation.counts("p1")).isEqualTo(new UpstreamCounts(1, 1, 1));
        assertThat(rotation.closedAgain()).isEqualTo(3);
        assertThat(rotation.counts("p2")).isEqualTo(UpstreamCounts.NONE);
    }

    @Test
    void leaseKeepsTheConfigurationThatWasChosen() {
        UpstreamLease lease = lease();

        upstreams.with("p1", 77);

        assertThat(lease.upstream().weight()).isEqualTo(1);
    }

    private UpstreamLease lease() {
        return rotation.choose(circle("p1"), upstreams, Somebody.whom(NONE)).orElseThrow();
    }

    private List<String> choose(Supply.Pooled pool, int times) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            chosen.add(choose(pool, NONE));
        }
        return chosen;
    }

    private String choose(Supply.Pooled pool, Set<String> away) {
        return rotation.choose(pool, upstreams, Somebody.whom(away))
                .orElseThrow()
                .upstream()
                .id();
    }

    private static Map<String, Integer> counts(List<String> chosen) {
        Map<String, Integer> counts = new HashMap<>();
        chosen.forEach(id -> counts.merge(id, 1, Integer::sum));
        return counts;
    }

    private static Supply.Pooled circle(String... ids) {
        return new Supply.Pooled(List.of(ids), SelectorKind.ROUND_ROBIN);
    }

    private static Supply.Pooled weighted(String... ids) {
        return new Supply.Pooled(List.of(ids), SelectorKind.WEIGHTED);
    }
}

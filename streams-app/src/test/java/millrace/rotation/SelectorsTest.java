package millrace.rotation;

import static millrace.rotation.Bench.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import millrace.catalog.RotationTerms;
import millrace.catalog.Supply;
import millrace.rotation.RotationListener.Chooser;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each selector's own promise. What they promise in figures is in {@link SuccessCriteriaTest}. */
class SelectorsTest {
    private static final Duration QUICK = Duration.ofMillis(20);

    private final Bench bench = new Bench(42);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 8);
    }

    /** Whatever the rules and the pool, nobody is chosen who failed or is not there, and somebody is when somebody may be. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(SelectorKind.class)
    void onlyWhoMayBeChosenIsChosenAndSomebodyIsWhileSomebodyMay(SelectorKind kind) {
        RandomGenerator random = Bench.random(kind.name().length());
        for (int size : new int[] {1, 2, 5, 40, 70, 130}) {
            String[] ids = IntStream.range(0, size).mapToObj(i -> "u" + i).toArray(String[]::new);
            bench.catalog.with(ids);
            bench.catalog.without("u1");
            Supply.Pooled pool = Bench.pool(kind, ids);
            for (int i = 0; i < 200; i++) {
                Set<String> failed = new HashSet<>(List.of(ids));
                double there = random.nextDouble();
                failed.removeIf(id -> random.nextDouble() < there);
                boolean somebodyMay = List.of(ids).stream().anyMatch(id -> !failed.contains(id) && !id.equals("u1"));

                var lease = bench.lease(pool, Somebody.whom(failed));

                assertThat(lease.isPresent()).isEqualTo(somebodyMay);
                lease.ifPresent(open -> {
                    assertThat(failed).doesNotContain(open.upstream().id());
                    bench.pass(QUICK);
                    if (random.nextInt(10) == 0) {
                        open.dropped();
                    } else {
                        open.success();
                    }
                });
            }
        }
    }

    @Test
    void busyOnesAreSparedAndAmongEqualsThoseThatDidMost() {
        bench.catalog.with("a", "b", "c");
        Supply.Pooled pool = Bench.pool(SelectorKind.LEAST_BUSY, "a", "b", "c");
        UpstreamLease first = bench.lease(pool);
        UpstreamLease second = bench.lease(pool);
        assertThat(List.of(first.upstream().id(), second.upstream().id())).containsExactly("a", "b");
        first.success();

        assertThat(bench.lease(pool).upstream().id()).as("a ended one, c none").isEqualTo("c");
        assertThat(bench.lease(pool).upstream().id()).isEqualTo("a");
        second.success();
        assertThat(bench.lease(pool).upstream().id()).isEqualTo("b");
    }

    @Test
    void endedCallsOfAnEarlierWindowDoNotCount() {
        bench.catalog.with("a", "b");
        Supply.Pooled alone = Bench.pool(SelectorKind.LEAST_BUSY, "a");
        Supply.Pooled pool = Bench.pool(SelectorKind.LEAST_BUSY, "a", "b");
        bench.answered(alone, QUICK);
        assertThat(bench.answered(pool, QUICK)).isEqualTo("b");
        bench.answered(alone, QUICK);
        bench.pass(Duration.ofHours(1));

        assertThat(bench.answered(pool, QUICK)).as("both begin at none").isEqualTo("a");
    }

    @Test
    void fastestTriesTheUnknownAFewTimesEach() {
        bench.catalog.with("a", "b", "c");
        Supply.Pooled pool = Bench.pool(SelectorKind.FASTEST, "a", "b", "c");
        Map<String, Integer> trials = bench.shares(pool, 20);

        assertThat(trials.values()).allSatisfy(tried -> assertThat(tried).isGreaterThanOrEqualTo(5));
    }

    @Test
    void failuresCountAgainstTheFastOneThatFails() {
        bench.catalog.with("a", "b");
        Supply.Pooled pool = Bench.pool(SelectorKind.FASTEST, "a", "b");
        int good = 0;
        for (int i = 0; i < 1000; i++) {
            UpstreamLease lease = bench.lease(pool);
            boolean fails = lease.upstream().id().equals("a");
            bench.pass(Duration.ofMillis(fails ? 1 : 80));
            if (fails) {
                lease.dropped();
            } else {
                lease.success();
                good++;
            }
        }

        assertThat(good).as("answers in 80 ms against refusals in 1 ms").isGreaterThan(850);
    }

    @Test
    void fastestLearnsThatTheOnceSlowIsFastAgain() {
        bench.catalog.with("a", "b");
        Supply.Pooled pool = Bench.pool(SelectorKind.FASTEST, "a", "b");
        Map<String, Duration> takes = new HashMap<>(Map.of("a", Duration.ofMillis(900), "b", QUICK));
        assertThat(asked(pool, takes, 2000).get("a")).isLessThan(140);

        takes.put("a", Duration.ofMillis(5));
        asked(pool, takes, 1000);

        assertThat(asked(pool, takes, 2000).get("a"))
                .as("four times as fast as b")
                .isGreaterThan(1400);
    }

    @Test
    void successGivesShares() {
        bench.catalog.with("a", "b");
        Supply.Pooled pool = Bench.pool(SelectorKind.WEIGHTED_BY_SUCCESS, "a", "b");
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            bench.pass(QUICK);
            UpstreamLease lease = bench.lease(pool);
            shares.merge(lease.upstream().id(), 1, Integer::sum);
            if (lease.upstream().id().equals("a")) {
                // Every second one: an average of one half. The breaker is the filter's business.
                if (shares.getOrDefault("a", 0) % 5 < 2) {
                    lease.dropped();
                } else {
                    lease.success();
                }
            } else {
                lease.success();
            }
        }

        assertThat(shares.get("a")).as("0.6 of 1.6").isBetween(650, 850);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void largePoolsAreDrawnForByWeight(long seed) {
        RandomGenerator random = Bench.random(seed);
        String[] ids = IntStream.range(0, 100).mapToObj(i -> "w" + i).toArray(String[]::new);
        Map<String, Integer> weights = new HashMap<>();
        for (String id : ids) {
            weights.put(id, random.nextInt(10));
            bench.catalog.with(id, weights.getOrDefault(id, 0));
        }
        Supply.Pooled pool = Bench.pool(SelectorKind.WEIGHTED, ids);
        Set<String> away = new HashSet<>(List.of(ids).subList(0, 60));

        assertShares(ids, weights, Set.of(), pool);
        assertShares(ids, weights, away, pool);
        for (int i = 0; i < 50; i++) {
            weights.put(ids[i], random.nextInt(100));
            bench.catalog.with(ids[i], weights.getOrDefault(ids[i], 0));
        }
        assertShares(ids, weights, Set.of(), pool);
    }

    /** Chi-square of draws among about a hundred: its mean is the number less one, its variance twice that. */
    private void assertShares(String[] ids, Map<String, Integer> weights, Set<String> away, Supply.Pooled pool) {
        double all = 0;
        for (String id : ids) {
            all += away.contains(id) ? 0 : weights.getOrDefault(id, 0);
        }
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            UpstreamLease lease = bench.lease(pool, Somebody.whom(away)).orElseThrow();
            shares.merge(lease.upstream().id(), 1, Integer::sum);
            lease.ignored();
        }
        double chiSquare = 0;
        int free = -1;
        for (String id : ids) {
            double expected = away.contains(id) ? 0 : 20_000 * weights.getOrDefault(id, 0) / all;
            if (expected == 0) {
                assertThat(shares).doesNotContainKey(id);
            } else {
                double off = shares.getOrDefault(id, 0) - expected;
                chiSquare += off * off / expected;
                free++;
            }
        }
        assertThat(chiSquare).as("%s degrees of freedom", free).isLessThan(free + 4.5 * Math.sqrt(2.0 * free));
    }

    @Test
    void cheapestAnswerIsBoughtUntilItsFailuresMakeItDear() {
        bench.catalog
                .with(upstream("cheap", Bench.costing(1_000)))
                .with(upstream("dear", Bench.costing(3_000)))
                .with(upstream("dearest", Bench.costing(9_000)));
        Supply.Pooled pool = Bench.pool(SelectorKind.COST_AWARE, "dearest", "dear", "cheap");
        assertThat(bench.shares(pool, 1000).get("cheap")).isGreaterThan(950);
        Map<String, Integer> shares = new HashMap<>();

        for (int i = 0; i < 1000; i++) {
            bench.pass(QUICK);
            UpstreamLease lease = bench.lease(pool);
            shares.merge(lease.upstream().id(), 1, Integer::sum);
            if (lease.upstream().id().equals("cheap")) {
                lease.dropped();
            } else {
                lease.success();
            }
        }

        assertThat(shares.get("dear")).isGreaterThan(950);
    }

    @Test
    void fallbackChoosesWhenTheSelectorHasNoChoice() {
        bench.catalog.with("a", 0).with("b", 0);
        Supply.Pooled pool = Bench.pool(SelectorKind.WEIGHTED, SelectorKind.ROUND_ROBIN, "a", "b");

        assertThat(bench.shares(pool, 10)).as("all weigh nothing").isEqualTo(Map.of("a", 5, "b", 5));
        assertThat(bench.choosers).isEqualTo(Map.of(Chooser.FALLBACK, 10));
        assertThat(bench.lease(Bench.pool(SelectorKind.WEIGHTED, "a", "b"), Somebody.ANYBODY))
                .isEmpty();
        assertThat(bench.choosers).containsEntry(Chooser.NOBODY, 1);
    }

    @Test
    void sessionStaysThoughItsUpstreamOnceHadNothing() {
        bench.catalog.with("a", "b", "c");
        Supply.Pooled pool = Bench.pool(SelectorKind.STICKY_SESSION, "a", "b", "c");
        Somebody viewer = new Somebody();
        String own = bench.lease(pool, viewer).orElseThrow().upstream().id();

        String once = bench.lease(pool, viewer.failedBy(Set.of(own)))
                .orElseThrow()
                .upstream()
                .id();

        assertThat(once).isNotEqualTo(own);
        assertThat(bench.lease(pool, viewer).orElseThrow().upstream().id()).isEqualTo(own);
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void sessionLeavesAnUpstreamThatIsGoneAndStaysWithTheNext() {
        bench.catalog.with("a", "b", "c");
        Supply.Pooled pool = Bench.pool(SelectorKind.STICKY_SESSION, "a", "b", "c");
        Somebody viewer = new Somebody();
        String own = bench.lease(pool, viewer).orElseThrow().upstream().id();
        bench.catalog.without(own);

        String next = bench.lease(pool, viewer).orElseThrow().upstream().id();
        bench.catalog.with(own);

        assertThat(next).isNotEqualTo(own);
        assertThat(bench.heard).containsExactly("failed over");
        assertThat(bench.lease(pool, viewer).orElseThrow().upstream().id()).isEqualTo(next);
        assertThat(bench.heard).as("once").hasSize(1);
    }

    @Test
    void sessionsHaveOneUpstreamInEachPoolAndNewOnesAreSpread() {
        bench.catalog.with("a", "b", "x", "y");
        Supply.Pooled letters = Bench.pool(SelectorKind.STICKY_SESSION, "a", "b");
        Supply.Pooled others = Bench.pool(SelectorKind.STICKY_USER, "x", "y");
        Somebody viewer = new Somebody();

        for (int i = 0; i < 10; i++) {
            assertThat(bench.lease(letters, viewer).orElseThrow().upstream().id())
                    .isEqualTo("a");
            assertThat(bench.lease(others, viewer).orElseThrow().upstream().id())
                    .isEqualTo("x");
        }
        assertThat(bench.lease(letters, new Somebody()).orElseThrow().upstream().id())
                .isEqualTo("b");
    }

    @Test
    void rateThatIsUsedUpMovesNoSession() {
        bench.catalog.with(upstream("a", Bench.perSecond(5))).with(upstream("b", RotationTerms.USUAL));
        Supply.Pooled pool = Bench.pool(SelectorKind.STICKY_SESSION, "a", "b");
        Somebody viewer = new Somebody();
        assertThat(bench.lease(pool, viewer).orElseThrow().upstream().id()).isEqualTo("a");

        assertThat(bench.lease(pool, viewer).orElseThrow().upstream().id()).isEqualTo("b");
        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.lease(pool, viewer).orElseThrow().upstream().id()).isEqualTo("a");
        assertThat(bench.heard).isEmpty();
    }

    private Map<String, Integer> asked(Supply.Pooled pool, Map<String, Duration> takes, int times) {
        Map<String, Integer> asked = new HashMap<>();
        for (int i = 0; i < times; i++) {
            UpstreamLease lease = bench.lease(pool);
            asked.merge(lease.upstream().id(), 1, Integer::sum);
            bench.pass(takes.getOrDefault(lease.upstream().id(), Duration.ZERO));
            lease.success();
        }
        return asked;
    }
}

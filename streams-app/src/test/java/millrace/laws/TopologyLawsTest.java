package millrace.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import millrace.budget.BudgetSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories of the whole topology, one a seed. {@code -Dlaws.cases=5000 -Dlaws.first=1} runs many more. */
class TopologyLawsTest {
    private static final int STEPS = 150;
    private static final long CASES = Long.getLong("laws.cases", 400);
    private static final Tally TALLY = new Tally();

    static LongStream seeds() {
        long first = Long.getLong("laws.first", 1);
        return LongStream.range(first, first + CASES);
    }

    @AfterAll
    static void everythingCameUp() {
        assumeThat(CASES).as("enough histories for everything to come up").isGreaterThanOrEqualTo(100);
        assertThat(TALLY.counts())
                .containsKeys(
                        "crash",
                        "change",
                        "again",
                        "forged",
                        "impression BILLED",
                        "impression LATE",
                        "reservation EXPIRED",
                        "answer FILLED",
                        "answer CAPPED",
                        "answer BUDGET",
                        "answer TIMEOUT",
                        "answer OVERLOADED",
                        "answer EXPIRED",
                        "answer LEASE_EMPTY");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void capsBudgetsAndAnswersHoldInEveryInterleaving(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Referee referee = new Referee(TALLY);
        try (Cluster cluster =
                new Cluster(random.nextInt(1, 4), random.nextInt(2, 30), BudgetSettings.DEFAULTS, random, referee)) {
            Interleaving history = new Interleaving(random, referee, cluster, Task::crash);
            for (int step = 0; step < STEPS; step++) {
                TALLY.count(history.step());
            }
            new Aftermath(cluster, history, referee).check();
        }
    }
}

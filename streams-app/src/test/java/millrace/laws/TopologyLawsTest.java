package millrace.laws;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thousands of random histories of the whole topology. {@code -Dlaws.cases=100000 -Dlaws.first=1} runs many more. */
class TopologyLawsTest {
    private static final int STEPS = 150;

    static LongStream seeds() {
        long first = Long.getLong("laws.first", 1);
        return LongStream.range(first, first + Long.getLong("laws.cases", 200));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void capsBudgetsAndAnswersHoldInEveryInterleaving(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Referee referee = new Referee();
        try (Cluster cluster = new Cluster(random.nextInt(1, 4), random.nextInt(2, 30), random, referee)) {
            Interleaving history = new Interleaving(random, referee, cluster);
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            new Aftermath(cluster, history, referee).check();
        }
    }
}

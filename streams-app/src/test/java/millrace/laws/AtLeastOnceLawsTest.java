package millrace.laws;

import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import millrace.budget.BudgetSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Under {@code at_least_once} a crash sets the positions back, while what was sent stays sent, and of what was stored all, nothing, or of
 * each store another part is there. {@code -Dlaws.cases=5000} runs many more.
 */
class AtLeastOnceLawsTest {
    private static final int STEPS = 150;
    private static final BudgetSettings BUDGET = BudgetSettings.DEFAULTS.whereCrashesForget();
    private static final long CASES = Long.getLong("laws.cases", 60);

    static LongStream seeds() {
        long first = Long.getLong("laws.first", 1);
        return LongStream.range(first, first + CASES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void storesAheadOfTheirOffsetsOverspendNothing(long seed) {
        run(seed, random -> writes -> writes).nothingIsOverspent();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void storesBehindWhatWasSentOverspendNothing(long seed) {
        run(seed, random -> writes -> 0).nothingIsOverspent();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void storesOfWhichEachKeptAnotherPartOverspendNothing(long seed) {
        run(seed, random -> writes -> random.nextInt(writes + 1)).nothingIsOverspent();
    }

    private interface Kept {
        IntUnaryOperator by(RandomGenerator random);
    }

    private static LenientReferee run(long seed, Kept kept) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        LenientReferee referee = new LenientReferee();
        try (Cluster cluster = new Cluster(random.nextInt(1, 4), random.nextInt(2, 30), BUDGET, random, referee)) {
            IntUnaryOperator parts = kept.by(random);
            Interleaving history = new Interleaving(random, referee, cluster, task -> task.crashAfterSending(parts));
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            for (int i = 0; i < 4; i++) {
                history.calmDown();
            }
            referee.everyRequestIsAnswered();
            for (int i = 0; i < 4; i++) {
                history.ask(10);
            }
            referee.everyRequestIsAnswered();
            return referee;
        }
    }
}

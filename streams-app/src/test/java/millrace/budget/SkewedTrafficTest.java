package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sixteen partitions whose traffic follows Zipf's law: the busiest sees two fifths of all requests, the quietest a fiftieth of that. Every
 * message takes 60 ms, every decision waits 250 ms for a grant at most.
 */
class SkewedTrafficTest {
    private static final int PARTITIONS = 16;
    private static final double EXPONENT = 1.4;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final int PER_SECOND = 400;

    private final double[] cumulated = zipf();
    private int requests;

    static LongStream seeds() {
        return LongStream.range(0, 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ninetyNinePercentOfABudgetAreUsedByAsMuchDemand(long seed) {
        // Given: money for ten thousand ads
        SplittableRandom random = new SplittableRandom(seed);
        BudgetWorld world = world(10_000);

        // When: a little more is asked for, and one ad in twenty is never shown
        run(world, random, Duration.ofMillis(10_500 * 1_000L / PER_SECOND));

        // Then
        assertThat(world.promisedNanos()).isBetween(9_900_000L, 10_000_000L);
        assertThat(world.lapsed).as("refused though the ledger had money").isLessThan(requests / 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLedgerThatIsAwayForTenSecondsIsHardlyNoticed(long seed) {
        // Given: a minute of steady load
        SplittableRandom random = new SplittableRandom(seed);
        BudgetWorld world = world(10_000_000);
        run(world, random, Duration.ofSeconds(60));
        assertThat(world.lapsed).isLessThan(requests / 1_000);
        requests = 0;
        world.lapsed = 0;

        // When: it crashes and is back after ten seconds, as a killed instance's partitions are
        silence(world, random, Duration.ofSeconds(10));
        world.restartLedger();
        run(world, random, Duration.ofSeconds(50));

        // Then: in the minute after the crash
        assertThat(world.lapsed).isLessThan(requests / 20);
    }

    private static BudgetWorld world(int ads) {
        return new BudgetWorld(
                PARTITIONS, Campaigns.limited(BudgetWorld.CAMPAIGN, 1_000, ads * 1_000L), BudgetSettings.DEFAULTS);
    }

    private void run(BudgetWorld world, SplittableRandom random, Duration time) {
        for (long step = 0; step < time.toMillis() / 60; step++) {
            ask(world, random);
            IntStream.range(0, PARTITIONS).forEach(world::deliverReports);
            world.advance(Duration.ofMillis(30));
            ask(world, random);
            IntStream.range(0, PARTITIONS).forEach(world::deliverGrants);
            world.advance(Duration.ofMillis(30));
            if (step % 4 == 0) {
                world.recheck();
            }
        }
    }

    private void silence(BudgetWorld world, SplittableRandom random, Duration time) {
        for (long step = 0; step < time.toMillis() / 30; step++) {
            ask(world, random);
            world.advance(Duration.ofMillis(30));
        }
    }

    /** The requests of 30 ms. */
    private void ask(BudgetWorld world, SplittableRandom random) {
        for (int i = 0; i < PER_SECOND * 30 / 1_000; i++) {
            requests++;
            world.request(partition(random.nextDouble()), PATIENCE);
            if (random.nextInt(20) == 0) {
                world.settleOne(random, false);
            } else {
                world.settleOne(random, true);
            }
        }
    }

    private int partition(double draw) {
        int partition = 0;
        while (cumulated[partition] < draw) {
            partition++;
        }
        return partition;
    }

    private static double[] zipf() {
        double[] weights = IntStream.rangeClosed(1, PARTITIONS)
                .mapToDouble(rank -> Math.pow(rank, -EXPONENT))
                .toArray();
        double all = IntStream.range(0, PARTITIONS).mapToDouble(i -> weights[i]).sum();
        double[] cumulated = new double[PARTITIONS];
        double sum = 0;
        for (int i = 0; i < PARTITIONS; i++) {
            sum += weights[i] / all;
            cumulated[i] = sum;
        }
        cumulated[PARTITIONS - 1] = 1.0;
        return cumulated;
    }
}

package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import millrace.money.BudgetDay;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold in every interleaving of decisions, messages, repetitions and restarts. */
class BudgetLawsTest {
    private static final int ROUNDS = 400;

    static LongStream seeds() {
        return LongStream.range(0, 1_000);
    }

    static LongStream fewSeeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neitherLedgerNorLeasesEverExceedTheBudgetAndAllOfItIsUsable(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        long price = random.nextLong(1, 100);
        long budget = price * random.nextLong(1, 400) + random.nextLong(price);
        BudgetWorld world = new BudgetWorld(
                random.nextInt(1, 9), Campaigns.limited(BudgetWorld.CAMPAIGN, price, budget), BudgetSettings.DEFAULTS);

        // When
        for (int round = 0; round < ROUNDS; round++) {
            chaos(world, random);
            assertThat(world.entry().out().nanos())
                    .as("ledger, round %d", round)
                    .isLessThanOrEqualTo(budget);
            assertThat(world.inLeasesNanos()).as("leases, round %d", round).isLessThanOrEqualTo(budget);
        }
        spendTheRest(world, random, budget - price + 1);

        // Then
        assertThat(world.promisedNanos()).isBetween(budget - price + 1, budget);
        assertThat(world.served).isEqualTo((int) (budget / price));
        assertThat(world.deadLetters).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void moneyForTenAdsServesTenOverFourPartitions(long seed) {
        // Given: every hop takes 60 ms, decisions wait a second at most, and one partition sees most of the requests
        SplittableRandom random = new SplittableRandom(seed);
        BudgetWorld world =
                new BudgetWorld(4, Campaigns.limited(BudgetWorld.CAMPAIGN, 2_500, 25_000), BudgetSettings.DEFAULTS);

        // When
        int favourite = random.nextInt(4);
        for (int request = 0; request < 60; request++) {
            world.request(random.nextInt(3) == 0 ? random.nextInt(4) : favourite, Duration.ofSeconds(1));
            if (random.nextBoolean()) {
                hop(world);
            }
        }
        for (int hop = 0; hop < 20; hop++) {
            hop(world);
        }

        // Then
        assertThat(world.served).isEqualTo(10);
        assertThat(world.promisedNanos()).isEqualTo(25_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void aRepeatedMessageChangesNothing(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        BudgetWorld world =
                new BudgetWorld(3, Campaigns.limited(BudgetWorld.CAMPAIGN, 10, 1_000), BudgetSettings.DEFAULTS);
        for (int round = 0; round < 100; round++) {
            int partition = random.nextInt(world.partitions());
            world.request(partition, Duration.ofSeconds(1));
            BudgetRequest report = world.reports.get(partition).peek();
            if (report == null) {
                continue;
            }
            world.deliverReport(partition);
            LedgerEntry entry = world.entry();
            BudgetGrant grant = world.grants.get(partition).peek();
            world.deliverAll();
            LedgerEntry later = world.entry();
            Lease lease = world.lease(partition);

            // When
            world.book(report);
            if (grant != null) {
                world.apply(partition, grant);
            }

            // Then
            assertThat(entry.share(new Holder(BudgetDay.NONE, partition)).heard())
                    .isGreaterThanOrEqualTo(report.getSequence());
            assertThat(world.entry()).isEqualTo(later);
            assertThat(world.lease(partition)).isEqualTo(lease);
            assertThat(world.grants).allMatch(java.util.Collection::isEmpty);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void aRestartFromTheLastStateChangesNoAmount(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        BudgetWorld world =
                new BudgetWorld(3, Campaigns.limited(BudgetWorld.CAMPAIGN, 10, 1_000), BudgetSettings.DEFAULTS);
        for (int round = 0; round < 50; round++) {
            chaos(world, random);
        }
        world.deliverAll();
        LedgerEntry entry = world.entry();
        Lease lease = world.lease(0);

        // When
        world.restartLedger();
        world.recheck();
        new Budgets(world.leaseStores.get(0), 0, BudgetSettings.DEFAULTS, report -> {}, world.now);

        // Then
        assertThat(world.entry()).isEqualTo(entry);
        assertThat(world.lease(0)).isEqualTo(lease);
    }

    private static void chaos(BudgetWorld world, SplittableRandom random) {
        int partition = random.nextInt(world.partitions());
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> world.request(partition, Duration.ofMillis(random.nextLong(1, 3_000)));
            case 5, 6, 7 -> world.deliverReport(partition);
            case 8, 9, 10 -> world.deliverGrant(partition);
            case 11 -> repeat(world, partition);
            case 12, 13 -> world.settleOne(random, true);
            case 14 -> world.settleOne(random, false);
            case 15 -> world.restartBudgets(partition);
            case 16 -> world.restartLedger();
            case 17 -> world.recheck();
            case 18 -> world.advance(Duration.ofSeconds(random.nextLong(1, 8)));
            default -> world.advance(Duration.ofMillis(random.nextLong(1, 100)));
        }
    }

    /** A producer's second try: what is under way arrives again, after whatever was sent since. */
    private static void repeat(BudgetWorld world, int partition) {
        BudgetRequest report = world.reports.get(partition).peek();
        if (report != null) {
            world.reports.get(partition).add(report);
        }
        BudgetGrant grant = world.grants.get(partition).peek();
        if (grant != null) {
            world.grants.get(partition).add(grant);
        }
    }

    private static void spendTheRest(BudgetWorld world, SplittableRandom random, long enough) {
        for (int round = 0; round < 5_000 && world.promisedNanos() < enough; round++) {
            world.request(random.nextInt(world.partitions()), Duration.ofSeconds(1));
            hop(world);
        }
    }

    private static void hop(BudgetWorld world) {
        world.advance(Duration.ofMillis(30));
        for (int partition = 0; partition < world.partitions(); partition++) {
            world.deliverReport(partition);
        }
        world.advance(Duration.ofMillis(30));
        for (int partition = 0; partition < world.partitions(); partition++) {
            world.deliverGrant(partition);
        }
    }
}

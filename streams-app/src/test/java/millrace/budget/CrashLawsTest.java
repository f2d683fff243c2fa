package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import millrace.audit.Audit;
import millrace.catalog.Budget;
import millrace.catalog.Campaign;
import millrace.money.Money;
import millrace.schemas.BudgetBalance;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.EntryCause;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.Pacing;
import millrace.schemas.ServedAd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold in every interleaving of decisions, impressions, messages and their repetition, commits, crashes that roll one side
 * back, changes of the catalog, and days.
 */
class CrashLawsTest {
    private static final int ROUNDS = 300;
    private static final int LAST_ADS = 150;
    private static final List<EntryCause> GRANTS = List.of(EntryCause.GRANT, EntryCause.PUSH);

    static LongStream seeds() {
        return LongStream.range(0, 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noGrantExceedsTheBudgetAndEveryEntryAddsUp(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        long price = random.nextLong(1, 100);
        CrashWorld world = new CrashWorld(random.nextInt(1, 6), campaign(random, price));
        int checked = 0;

        // When
        for (int round = 0; round < ROUNDS; round++) {
            step(world, random, price);
            checked = grantsKeepWithinTheBudget(world, checked);
            leasesHoldNoMoreThanTheLedgerKnows(world);
        }
        Campaign last = Campaigns.limited(CrashWorld.CAMPAIGN, price, LAST_ADS * price);
        world.catalog.put(last);
        comeToRest(world, random);

        // Then: the ledger, its lines and the impressions tell the same
        LedgerEntry entry = world.books.entry();
        long shown = world.shown.stream().mapToLong(ad -> ad.cost().nanos()).sum();
        assertThat(entry.spent().nanos()).isEqualTo(shown);
        assertThat(entry.reserved()).isEqualTo(Money.ZERO);
        assertThat(entry.leased()).isEqualTo(Money.ZERO);
        assertThat(audit(world).differences()).isEmpty();

        // And: all that is left can be used
        long left = LAST_ADS - shown / price;
        long served = 0;
        for (int i = 0; i < 20_000 && served < left; i++) {
            served += world.tasks.get(random.nextInt(world.tasks.size())).request() ? 1 : 0;
            world.now = world.now.plusMillis(50);
            world.tasks.forEach(CrashWorld.Task::tick);
            world.settleDown();
        }
        assertThat(served).isEqualTo(left);
    }

    private static Campaign campaign(SplittableRandom random, long price) {
        Optional<Money> total =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(new Money(random.nextLong(200 * price) + 1));
        Optional<Money> daily =
                random.nextBoolean() ? Optional.empty() : Optional.of(new Money(random.nextLong(100 * price) + 1));
        Pacing pacing = daily.isPresent() && random.nextBoolean() ? Pacing.EVEN_DAY : Pacing.ASAP;
        Budget budget = new Budget(total, daily, ZoneOffset.UTC, pacing);
        return Campaigns.with(
                Campaigns.unlimited(CrashWorld.CAMPAIGN, price), budget, Optional.empty(), Optional.empty());
    }

    private static void step(CrashWorld world, SplittableRandom random, long price) {
        CrashWorld.Task task = world.tasks.get(random.nextInt(world.tasks.size()));
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4, 5, 6 -> task.request();
            case 7, 8, 9 -> task.settle(random, true);
            case 10 -> task.settle(random, false);
            case 11, 12, 13 -> task.hear();
            case 14, 15, 16, 17 -> world.books.hear();
            case 18 -> world.books.look();
            case 19, 20 -> task.commit();
            case 21, 22 -> world.books.commit();
            case 23 -> task.crash();
            case 24 -> world.books.crash();
            case 25 -> repeat(world, task);
            case 26 -> world.apply(campaign(random, price));
            case 27 -> pauseOrRemove(world, random, price);
            case 28 -> world.now = world.now.plus(Duration.ofHours(random.nextLong(1, 13)));
            default -> {
                world.now = world.now.plusMillis(random.nextLong(2_000));
                world.tasks.forEach(CrashWorld.Task::tick);
            }
        }
    }

    /** Whatever is under way comes once more, after what was sent since. */
    private static void repeat(CrashWorld world, CrashWorld.Task task) {
        BudgetRequest report = world.books.inbox.peek();
        BudgetGrant grant = task.inbox.peek();
        Optional.ofNullable(report).ifPresent(world.books.inbox::add);
        Optional.ofNullable(grant).ifPresent(task.inbox::add);
    }

    private static void pauseOrRemove(CrashWorld world, SplittableRandom random, long price) {
        Campaign paused =
                Campaigns.campaign(CrashWorld.CAMPAIGN, false, "USD", price, Optional.of(new Money(50 * price)));
        world.apply(random.nextInt(3) == 0 ? paused : campaign(random, price));
    }

    private static int grantsKeepWithinTheBudget(CrashWorld world, int from) {
        List<BudgetEntry> lines = world.books.lines;
        for (BudgetEntry line : lines.subList(from, lines.size())) {
            if (GRANTS.contains(line.getCause())) {
                within(line.getTotal());
                Optional.ofNullable(line.getDay()).ifPresent(CrashLawsTest::within);
            }
        }
        return lines.size();
    }

    private static void within(BudgetBalance balance) {
        Long limit = balance.getLimitNanos();
        if (limit != null) {
            assertThat(balance.getSpentNanos() + balance.getReservedNanos() + balance.getLeasedNanos())
                    .isLessThanOrEqualTo(limit);
        }
    }

    /** Unless it grants itself what no budget limits, no lease has money that the ledger has not written down. */
    private static void leasesHoldNoMoreThanTheLedgerKnows(CrashWorld world) {
        if (!world.wasUnlimited) {
            long inLeases = world.tasks.stream()
                    .flatMap(task -> task.leases().stream())
                    .mapToLong(lease -> lease.grantedNanos() - lease.returnedNanos())
                    .sum();
            assertThat(inLeases).isLessThanOrEqualTo(world.books.entry().out().nanos());
        }
    }

    private static void comeToRest(CrashWorld world, SplittableRandom random) {
        for (CrashWorld.Task task : world.tasks) {
            while (!task.open.isEmpty()) {
                task.settle(random, random.nextBoolean());
            }
        }
        for (int second = 0; second < 12; second++) {
            world.now = world.now.plusSeconds(1);
            world.tasks.forEach(CrashWorld.Task::tick);
            world.settleDown();
        }
    }

    /** With the impressions as they were, and the lines as they are on the topic. */
    private static Audit.Result audit(CrashWorld world) {
        Audit audit = new Audit();
        for (int i = 0; i < world.shown.size(); i++) {
            audit.served(served(i, world.shown.get(i)));
            audit.shown(impression(i, world.shown.get(i)));
        }
        audit.begun();
        world.books.lines.forEach(audit::entry);
        audit.caughtUp();
        return audit.result();
    }

    private static ServedAd served(int id, CrashWorld.Ad ad) {
        return ServedAd.newBuilder()
                .setId(Integer.toString(id))
                .setRequestId("r")
                .setSlotId("s")
                .setPlacement("p")
                .setUserKey("u")
                .setCampaign(CrashWorld.CAMPAIGN)
                .setCreative("c")
                .setPriceCpmMicros(ad.cost().nanos())
                .setCostNanos(ad.cost().nanos())
                .setCurrency("USD")
                .setBudgetDay(ad.day().number())
                .setServedAt(0)
                .setExpiresAt(0)
                .build();
    }

    private static Impression impression(int id, CrashWorld.Ad ad) {
        return Impression.newBuilder()
                .setId(Integer.toString(id))
                .setRequestId("r")
                .setPlacement("p")
                .setUserKey("u")
                .setCampaign(CrashWorld.CAMPAIGN)
                .setCreative("c")
                .setVerdict(ImpressionVerdict.BILLED)
                .setCostNanos(ad.cost().nanos())
                .setCurrency("USD")
                .setBudgetDay(ad.day().number())
                .setServedAt(0)
                .setShownAt(0)
                .build();
    }
}

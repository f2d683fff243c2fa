package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import millrace.catalog.Budget;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetEntry;
import millrace.schemas.EntryCause;
import millrace.schemas.GrantVerdict;
import millrace.schemas.Pacing;
import org.junit.jupiter.api.Test;

/** Daily budgets and pacing, with real leases and a real ledger between which messages take 60 ms. */
class BudgetDaysTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final long PRICE = 100;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private BudgetWorld world = world(daily(10, Pacing.ASAP), 2);

    private static BudgetWorld world(Budget budget, int partitions) {
        return new BudgetWorld(partitions, campaign(budget), BudgetSettings.DEFAULTS);
    }

    private static Campaign campaign(Budget budget) {
        return campaign(budget, Optional.empty(), Optional.empty());
    }

    private static Campaign campaign(Budget budget, Optional<Instant> start, Optional<Instant> end) {
        return Campaigns.with(Campaigns.unlimited(BudgetWorld.CAMPAIGN, PRICE), budget, start, end);
    }

    private static Budget daily(int ads, Pacing pacing) {
        return new Budget(Optional.empty(), Optional.of(new Money(ads * PRICE)), ZONE, pacing);
    }

    /** So long, with messages delivered and the ledger looking around. */
    private void pass(Duration time) {
        Duration step = time.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofSeconds(1) : Duration.ofMillis(60);
        for (Duration left = time; left.isPositive(); left = left.minus(step)) {
            world.advance(step);
            world.deliverAll();
            world.recheck();
            world.deliverAll();
        }
    }

    private void ask(int partition) {
        world.request(partition, PATIENCE);
        world.advance(Duration.ofMillis(60));
        world.deliverAll();
    }

    private BudgetDay today() {
        return BudgetDay.at(world.now, ZONE);
    }

    private void serve(int requests) {
        for (int i = 0; i < requests; i++) {
            ask(i % world.partitions());
        }
    }

    private void goTo(String moment) {
        world.now = Instant.parse(moment);
    }

    private List<EntryCause> causes() {
        return world.lines.stream().map(BudgetEntry::getCause).toList();
    }

    private BudgetEntry lastLine() {
        return world.lines.getLast();
    }

    @Test
    void eachDayServesItsOwnBudgetFromMidnightInTheCampaignsZone() {
        // Given: an hour before midnight in New York
        goTo("2026-11-03T04:00:00Z");

        // When
        serve(15);
        int first = world.served;
        goTo("2026-11-03T05:00:00Z");
        serve(15);

        // Then
        assertThat(first).isEqualTo(10);
        assertThat(world.served).isEqualTo(20);
        assertThat(world.unsettled)
                .extracting(BudgetWorld.Served::day)
                .containsOnly(new BudgetDay(today().number() - 1), today());
    }

    @Test
    void anImpressionAfterMidnightIsSpentOnTheDayThatReservedIt() {
        // Given
        goTo("2026-11-03T04:59:00Z");
        serve(10);
        BudgetDay yesterday = today();
        goTo("2026-11-03T05:01:00Z");
        serve(4);

        // When: all of them are shown
        world.settleAll(true);
        pass(Duration.ofSeconds(8));

        // Then
        assertThat(world.spentOn(yesterday)).isEqualTo(10 * PRICE);
        assertThat(world.spentOn(today())).isEqualTo(4 * PRICE);
        assertThat(lastLine().getTotal().getSpentNanos()).isEqualTo(14 * PRICE);
    }

    @Test
    void whatOneDayDidNotUseDoesNotComeToTheNext() {
        // Given
        goTo("2026-11-03T04:59:00Z");
        serve(10);
        goTo("2026-11-03T05:00:30Z");

        // When: nobody saw any of them
        world.settleAll(false);
        pass(Duration.ofSeconds(8));
        serve(30);

        // Then
        assertThat(world.served).isEqualTo(10);
        assertThat(world.entry().spent()).isEqualTo(Money.ZERO);
    }

    @Test
    void theTotalHoldsOverAllDays() {
        world = world(
                new Budget(Optional.of(new Money(14 * PRICE)), Optional.of(new Money(10 * PRICE)), ZONE, Pacing.ASAP),
                2);
        goTo("2026-11-03T04:59:00Z");
        serve(12);
        goTo("2026-11-03T05:01:00Z");
        serve(12);

        assertThat(world.served).isEqualTo(14);
        // When: two of the first day come back, the second day may have them
        world.settleSome(2, false);
        pass(Duration.ofSeconds(8));
        serve(12);
        assertThat(world.served).isEqualTo(14);
    }

    @Test
    void aDayThatIsOverAndSettledBecomesOneSum() {
        goTo("2026-11-03T05:01:00Z");
        serve(10);
        world.settleAll(true);
        pass(Duration.ofSeconds(15));
        goTo("2026-11-16T05:01:00Z");

        serve(1);

        assertThat(causes()).contains(EntryCause.CLOSE_DAY);
        assertThat(world.entry().shares().keySet()).extracting(Holder::day).containsOnly(today());
        assertThat(world.entry().spent()).isEqualTo(new Money(10 * PRICE));
        assertThat(world.leaseStores.getFirst().approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void theNextDaysLeaseIsThereAtMidnight() {
        // Given: requests until just before
        goTo("2026-11-03T04:59:58Z");
        for (int i = 0; i < 30; i++) {
            ask(0);
        }
        world.settleAll(true);
        int before = world.served;

        // When
        goTo("2026-11-03T05:00:00Z");
        BudgetVerdict first = world.request(0, PATIENCE);

        // Then
        assertThat(before).isEqualTo(10);
        assertThat(first).isEqualTo(new BudgetVerdict.Reserved(today()));
    }

    @Test
    void evenPacingServesWhatIsDueAndNoMore() {
        // Given: an ad a minute over the day, from noon on
        world = world(daily(1_440, Pacing.EVEN_DAY), 4);
        goTo("2026-11-02T17:00:00Z");
        SplittableRandom random = new SplittableRandom(7);

        // When: ten requests a second in two minutes
        burst(Duration.ofMinutes(2), random);

        // Then: what the morning left is caught up at twice the even rate
        assertThat(world.served).isBetween(3, 6);
        assertThat(world.request(0, PATIENCE)).isEqualTo(new BudgetVerdict.Exhausted(GrantVerdict.PACED));
    }

    @Test
    void evenPacingOverAFlightUsesAllOfTheBudgetAndCatchesUpAfterAGap() {
        // Given: 600 ads over ten minutes
        Instant start = world.now;
        Budget even = new Budget(Optional.of(new Money(600 * PRICE)), Optional.empty(), ZONE, Pacing.EVEN_FLIGHT);
        world = new BudgetWorld(
                16, campaign(even, Optional.of(start), Optional.of(start.plusSeconds(600))), BudgetSettings.DEFAULTS);
        SplittableRandom random = new SplittableRandom(11);

        // When: two minutes, a gap of three, then the rest
        burst(Duration.ofMinutes(2), random);
        int beforeGap = world.served;
        pass(Duration.ofMinutes(3));
        int inGap = world.served;
        burst(Duration.ofMinutes(1), random);
        int afterGap = world.served - inGap;
        burst(Duration.ofSeconds(239), random);

        // Then
        assertThat(beforeGap).as("one a second").isBetween(112, 122);
        assertThat(afterGap).as("two a second while it catches up").isBetween(100, 125);
        assertThat(world.served).isBetween(594, 600);
    }

    private void burst(Duration time, SplittableRandom random) {
        for (long step = 0; step < time.toMillis() / 100; step++) {
            world.request(random.nextInt(1 + random.nextInt(world.partitions())), PATIENCE);
            world.advance(Duration.ofMillis(60));
            world.deliverAll();
            world.advance(Duration.ofMillis(40));
            if (step % 3 == 0) {
                world.recheck();
            }
        }
    }

    @Test
    void theEndOfAFlightCallsLeasesBack() {
        // Given
        Instant end = world.now.plusSeconds(2);
        world = new BudgetWorld(
                2,
                campaign(Budget.ofTotal(new Money(1_000 * PRICE)), Optional.empty(), Optional.of(end)),
                BudgetSettings.DEFAULTS);
        serve(4);
        assertThat(world.entry().leased().isPositive()).isTrue();

        // When
        goTo(end.toString());
        world.recheck();
        world.deliverAll();

        // Then
        assertThat(causes()).contains(EntryCause.END, EntryCause.RECALL);
        assertThat(world.entry().leased()).isEqualTo(Money.ZERO);
        assertThat(world.entry().reserved()).isEqualTo(new Money(4 * PRICE));
        assertThat(world.request(0, PATIENCE)).isEqualTo(new BudgetVerdict.Exhausted(GrantVerdict.REFUSED));
    }

    @Test
    void pauseCutAndTopUpAreEntriesWithTheirCause() {
        world = world(Budget.ofTotal(new Money(1_000 * PRICE)), 2);
        serve(6);

        world.catalog.put(
                Campaigns.campaign(BudgetWorld.CAMPAIGN, false, "USD", PRICE, Optional.of(new Money(1_000 * PRICE))));
        world.recheck();
        world.deliverAll();
        assertThat(world.entry().leased()).as("called back").isEqualTo(Money.ZERO);
        world.catalog.put(campaign(Budget.ofTotal(new Money(1_000 * PRICE))));
        world.recheck();
        world.catalog.put(campaign(Budget.ofTotal(new Money(2 * PRICE))));
        world.recheck();
        world.catalog.put(campaign(Budget.ofTotal(new Money(9 * PRICE))));
        world.recheck();
        world.catalog.remove(BudgetWorld.CAMPAIGN);
        world.recheck();

        assertThat(causes())
                .containsSubsequence(
                        EntryCause.OPEN,
                        EntryCause.GRANT,
                        EntryCause.PAUSE,
                        EntryCause.REPORT,
                        EntryCause.RESUME,
                        EntryCause.CUT,
                        EntryCause.TOP_UP,
                        EntryCause.REMOVE);
        assertThat(IntStream.range(0, world.lines.size())
                        .allMatch(i -> world.lines.get(i).getNumber() == i + 1))
                .as("numbered without a gap")
                .isTrue();
    }

    @Test
    void aDayThatAClockIsFarAheadOfIsRefusedUntilItComes() {
        // Given: this partition's clock is ten minutes ahead of the ledger's
        goTo("2026-11-03T04:55:00Z");
        world.request(0, PATIENCE);
        Instant ledgers = world.now;
        goTo("2026-11-03T05:05:00Z");
        world.budgets.getFirst().reserve(world.campaign(), new Money(PRICE), world.now, world.now.plusSeconds(1));

        // When
        world.now = ledgers;
        world.deliverAll();
        BudgetDay tomorrow = new BudgetDay(today().number() + 1);

        // Then
        assertThat(world.entry().share(new Holder(tomorrow, 0)).verdict()).isEqualTo(GrantVerdict.REFUSED);
        goTo("2026-11-03T04:59:30Z");
        world.recheck();
        assertThat(world.entry().share(new Holder(tomorrow, 0)).verdict()).isEqualTo(GrantVerdict.GRANTED);
    }
}

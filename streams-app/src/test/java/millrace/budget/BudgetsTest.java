package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.GrantVerdict;
import org.junit.jupiter.api.Test;

/** One partition's leases, with the test as ledger. */
class BudgetsTest {
    private static final int PARTITION = 2;
    private static final long PRICE = 100;
    private static final Campaign CAMPAIGN = Campaigns.limited("c1", PRICE, 10_000);
    private static final Money COST = new Money(PRICE);

    private static final BudgetVerdict RESERVED = new BudgetVerdict.Reserved(BudgetDay.NONE);

    private final SerdeStore<Lease> store = new SerdeStore<>(Budgets.STORE, LeaseSerde.serde());
    private final Deque<BudgetRequest> reports = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-02T10:00:00Z");
    private Budgets budgets = start();
    private long sequence;

    private Budgets start() {
        return new Budgets(store, PARTITION, BudgetSettings.DEFAULTS, reports::add, now);
    }

    private BudgetVerdict reserve() {
        return budgets.reserve(CAMPAIGN, COST, now, now.plusSeconds(1));
    }

    private boolean grant(long total, GrantVerdict verdict) {
        return budgets.granted(message(++sequence, total, verdict), now);
    }

    private static BudgetGrant message(long sequence, long total, GrantVerdict verdict) {
        return BudgetGrant.newBuilder()
                .setCampaign("c1")
                .setPartition(PARTITION)
                .setSequence(sequence)
                .setGrantedNanos(total)
                .setVerdict(verdict)
                .setCurrency("USD")
                .setAt(0)
                .build();
    }

    private Lease lease() {
        return Optional.ofNullable(store.get("c1")).orElseThrow();
    }

    private void tickAfter(Duration time) {
        now = now.plus(time);
        budgets.tick(now);
    }

    /** A lease that was asked for and holds some ads. */
    private void holding(int ads) {
        budgets.foresee(CAMPAIGN, now);
        grant(ads * PRICE, GrantVerdict.GRANTED);
        reports.clear();
    }

    @Test
    void anEmptyLeaseIsAskedForNotDropped() {
        // When
        BudgetOutlook outlook = budgets.outlook(CAMPAIGN, now);
        BudgetVerdict verdict = reserve();

        // Then
        assertThat(outlook).isEqualTo(BudgetOutlook.OPEN);
        assertThat(verdict).isEqualTo(BudgetVerdict.WAITING);
        BudgetRequest ask = reports.remove();
        assertThat(ask.getNeededNanos()).isEqualTo(PRICE);
        assertThat(ask.getPartition()).isEqualTo(PARTITION);
        assertThat(ask.getSequence()).isEqualTo(1);
    }

    @Test
    void aGrantWakesWhoeverWaits() {
        // Given
        reserve();

        // Then
        assertThat(grant(PRICE, GrantVerdict.GRANTED)).isTrue();
        assertThat(reserve()).isEqualTo(RESERVED);
        assertThat(lease().reservedNanos()).isEqualTo(PRICE);
        assertThat(grant(2 * PRICE, GrantVerdict.GRANTED))
                .as("nobody waits any more")
                .isFalse();
    }

    @Test
    void theSameAskIsNotRepeatedWithinASecondButABiggerOneIsAtOnce() {
        // Given
        reserve();
        assertThat(reports).hasSize(1);

        // When: the second waits too, then a third
        reserve();
        reserve();

        // Then: doubled once, not more
        assertThat(reports).extracting(BudgetRequest::getNeededNanos).containsExactly(PRICE, 2 * PRICE);
        now = now.plusSeconds(1);
        reserve();
        assertThat(reports.getLast().getNeededNanos()).isEqualTo(4 * PRICE);
    }

    @Test
    void demandIsAskedForTwentySecondsAhead() {
        // Given: ten requests in the second before
        holding(10);
        for (int i = 0; i < 10; i++) {
            budgets.foresee(CAMPAIGN, now);
            reserve();
        }
        now = now.plusSeconds(1);
        reports.clear();

        // When
        budgets.foresee(CAMPAIGN, now);

        // Then: all that is taken, and what eleven ads a second cost in twenty seconds
        assertThat(reports.getLast().getWantedNanos()).isEqualTo(10 * PRICE + 220 * PRICE);
        assertThat(reports.getLast().getNeededNanos()).isZero();
    }

    @Test
    void aLeaseThatHoldsEnoughAsksForNothing() {
        holding(500);

        budgets.foresee(CAMPAIGN, now);

        assertThat(reports).isEmpty();
    }

    @Test
    void anExhaustedCampaignIsDroppedUntilTheLedgerSaysOtherwise() {
        // Given
        reserve();
        reports.clear();

        // When
        boolean again = grant(0, GrantVerdict.EXHAUSTED);

        // Then
        BudgetVerdict.Exhausted exhausted = new BudgetVerdict.Exhausted(GrantVerdict.EXHAUSTED);
        assertThat(again).isTrue();
        assertThat(reserve()).isEqualTo(exhausted);
        assertThat(budgets.outlook(CAMPAIGN, now)).isEqualTo(new BudgetOutlook.Exhausted(GrantVerdict.EXHAUSTED));
        budgets.foresee(CAMPAIGN, now);
        assertThat(reports).isEmpty();

        grant(0, GrantVerdict.GRANTED);
        assertThat(budgets.outlook(CAMPAIGN, now)).isEqualTo(BudgetOutlook.OPEN);
        assertThat(reserve()).isEqualTo(BudgetVerdict.WAITING);
    }

    @Test
    void aReleasedAdReopensAnExhaustedCampaignHere() {
        // Given
        holding(1);
        reserve();
        grant(PRICE, GrantVerdict.EXHAUSTED);

        // When
        budgets.release("c1", BudgetDay.NONE, COST, now);

        // Then
        assertThat(budgets.outlook(CAMPAIGN, now)).isEqualTo(BudgetOutlook.OPEN);
        assertThat(reserve()).isEqualTo(RESERVED);
    }

    @Test
    void aReleasedAdWakesWhoeverWaits() {
        // Given
        holding(1);
        reserve();
        assertThat(reserve()).isEqualTo(BudgetVerdict.WAITING);

        // Then
        assertThat(budgets.release("c1", BudgetDay.NONE, COST, now)).isTrue();
        assertThat(reserve()).isEqualTo(RESERVED);
    }

    @Test
    void whatIsNotUsedGoesBackAtOnceWhenOthersNeedIt() {
        // Given
        holding(5);
        reserve();

        // When
        grant(5 * PRICE, GrantVerdict.LEASED_OUT);

        // Then
        BudgetRequest report = reports.remove();
        assertThat(report.getReturnedNanos()).isEqualTo(4 * PRICE);
        assertThat(report.getReservedNanos()).isEqualTo(PRICE);
        assertThat(lease().availableNanos()).isZero();
    }

    @Test
    void whatIsReleasedWhileOthersNeedItGoesBackAtTheNextTick() {
        // Given
        holding(1);
        reserve();
        grant(PRICE, GrantVerdict.LEASED_OUT);
        reports.clear();

        // When
        budgets.release("c1", BudgetDay.NONE, COST, now);
        tickAfter(Duration.ofMillis(20));

        // Then
        assertThat(reports.remove().getReturnedNanos()).isEqualTo(PRICE);
    }

    @Test
    void anIdleLeaseGoesBackAfterFiveSeconds() {
        // Given
        holding(5);

        // When
        tickAfter(Duration.ofMillis(4_900));
        long before = lease().availableNanos();
        tickAfter(Duration.ofMillis(100));

        // Then
        assertThat(before).isEqualTo(5 * PRICE);
        assertThat(lease().availableNanos()).isZero();
        tickAfter(Duration.ofSeconds(1));
        assertThat(reports.getLast().getReturnedNanos()).isEqualTo(5 * PRICE);
        assertThat(reports.getLast().getWantedNanos()).isEqualTo(5 * PRICE);
    }

    @Test
    void spendIsReportedOnceASecond() {
        // Given
        holding(10);
        for (int i = 0; i < 5; i++) {
            reserve();
        }
        tickAfter(Duration.ofSeconds(1));
        reports.clear();

        // When
        for (int i = 0; i < 5; i++) {
            budgets.spend("c1", false, BudgetDay.NONE, COST, now);
            tickAfter(Duration.ofMillis(300));
        }

        // Then
        assertThat(reports).extracting(BudgetRequest::getSpentNanos).containsExactly(4 * PRICE);
        tickAfter(Duration.ofSeconds(1));
        assertThat(reports.getLast().getSpentNanos()).isEqualTo(5 * PRICE);
    }

    @Test
    void anAskIsTakenBackWhenNobodyWaitsAnyMore() {
        // Given
        reserve();

        // When: the deadline of the decision is over
        tickAfter(Duration.ofMillis(1_001));

        // Then
        assertThat(reports).hasSize(2);
        assertThat(reports.getLast().getNeededNanos()).isZero();
        tickAfter(Duration.ofSeconds(60));
        assertThat(reports).hasSize(2);
    }

    @Test
    void aCampaignWithoutBudgetIsServedAndItsSpendReported() {
        // Given
        Campaign unlimited = Campaigns.unlimited("c1", PRICE);

        // When
        BudgetVerdict verdict = budgets.reserve(unlimited, COST, now, now);
        budgets.spend("c1", false, BudgetDay.NONE, COST, now);
        tickAfter(Duration.ofSeconds(1));

        // Then
        assertThat(verdict).isEqualTo(RESERVED);
        assertThat(budgets.outlook(unlimited, now)).isEqualTo(BudgetOutlook.OPEN);
        assertThat(reports.remove().getSpentNanos()).isEqualTo(PRICE);
    }

    @Test
    void aTotalThatFitsNoLongIsNotGrantedToOneself() {
        Campaign unlimited = Campaigns.unlimited("c1", Long.MAX_VALUE);
        Money all = new Money(Long.MAX_VALUE);

        assertThat(budgets.reserve(unlimited, all, now, now)).isEqualTo(RESERVED);
        assertThat(budgets.reserve(unlimited, all, now, now)).isEqualTo(BudgetVerdict.WAITING);
    }

    @Test
    void aFreeAdTouchesNoLease() {
        Campaign free = Campaigns.limited("c1", 0, 0);

        budgets.foresee(free, now);
        assertThat(budgets.outlook(free, now)).isEqualTo(BudgetOutlook.OPEN);
        assertThat(budgets.reserve(free, Money.ZERO, now, now)).isEqualTo(RESERVED);
        assertThat(reports).isEmpty();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void anotherCurrencyIsRefusedOnceMoneyIsOut() {
        // Given
        holding(5);
        Campaign euro = Campaigns.campaign("c1", true, "EUR", PRICE, Optional.of(new Money(10_000)));

        // Then
        assertThat(budgets.reserve(euro, COST, now, now)).isEqualTo(new BudgetVerdict.Exhausted(GrantVerdict.REFUSED));
        assertThat(budgets.outlook(euro, now)).isEqualTo(new BudgetOutlook.Exhausted(GrantVerdict.REFUSED));
        budgets.foresee(euro, now);
        assertThat(reports).isEmpty();
    }

    @Test
    void aLeaseThatNeverHeldMoneyTakesTheCampaignsNewCurrency() {
        // Given
        reserve();
        Campaign euro = Campaigns.campaign("c1", true, "EUR", PRICE, Optional.of(new Money(10_000)));
        now = now.plusSeconds(1);

        // When
        budgets.reserve(euro, COST, now, now);

        // Then
        assertThat(reports.getLast().getCurrency()).isEqualTo("EUR");
        assertThat(grant(PRICE, GrantVerdict.GRANTED))
                .as("dollars are not euros")
                .isFalse();
    }

    @Test
    void repeatedAndOldGrantsChangeNothing() {
        // Given
        reserve();
        grant(3 * PRICE, GrantVerdict.GRANTED);
        grant(3 * PRICE, GrantVerdict.EXHAUSTED);
        Lease before = lease();

        // When
        boolean again = budgets.granted(message(1, 3 * PRICE, GrantVerdict.GRANTED), now)
                || budgets.granted(message(2, 3 * PRICE, GrantVerdict.EXHAUSTED), now)
                || budgets.granted(message(0, 0, GrantVerdict.REFUSED), now);

        // Then
        assertThat(again).isFalse();
        assertThat(lease()).isEqualTo(before);
    }

    @Test
    void aGrantThatWasNeverAskedForOrIsForAnotherPartitionIsIgnored() {
        // Given
        BudgetGrant foreign = BudgetGrant.newBuilder(message(1, PRICE, GrantVerdict.GRANTED))
                .setPartition(PARTITION + 1)
                .build();

        // Then
        assertThat(grant(PRICE, GrantVerdict.GRANTED)).isFalse();
        reserve();
        assertThat(budgets.granted(foreign, now)).isFalse();
        assertThat(reserve()).isEqualTo(BudgetVerdict.WAITING);
    }

    @Test
    void aLostReservationIsNeverSpentBeyondWhatTheLeaseHolds() {
        // Given
        holding(1);

        // When: two impressions of which the lease remembers no reservation
        boolean first = budgets.spend("c1", false, BudgetDay.NONE, COST, now);
        boolean second = budgets.spend("c1", false, BudgetDay.NONE, COST, now);
        budgets.release("c1", BudgetDay.NONE, COST, now);

        // Then
        assertThat(first).isTrue();
        assertThat(second).as("paid by nothing").isFalse();
        assertThat(budgets.spend("unheard of", false, BudgetDay.NONE, COST, now))
                .isFalse();
        assertThat(lease().spentNanos()).isEqualTo(PRICE);
        assertThat(budgets.release("unheard of", BudgetDay.NONE, COST, now)).isFalse();
    }

    @Test
    void aLostReservationOfACampaignWithoutABudgetIsSpentAllTheSame() {
        // Given
        holding(1);

        // When
        budgets.spend("c1", true, BudgetDay.NONE, COST, now);
        boolean second = budgets.spend("c1", true, BudgetDay.NONE, COST, now);

        // Then
        assertThat(second).isTrue();
        assertThat(lease().spentNanos()).isEqualTo(2 * PRICE);
    }

    @Test
    void aRestartRemembersMoneyAndTakesBackAsksOfDecisionsThatAreGone() {
        // Given
        holding(5);
        reserve();
        for (int i = 0; i < 5; i++) {
            reserve();
        }
        long asked = reports.getLast().getNeededNanos();
        reports.clear();

        // When
        budgets = start();
        tickAfter(Duration.ofSeconds(1));

        // Then
        assertThat(asked).isPositive();
        assertThat(reports.remove().getNeededNanos()).isZero();
        assertThat(lease().reservedNanos()).isEqualTo(5 * PRICE);
    }

    @Test
    void aLeaseNobodyLooksAtLeavesTheMemoryButNotTheStore() {
        // Given
        holding(1);
        reserve();
        budgets.spend("c1", false, BudgetDay.NONE, COST, now);
        tickAfter(Duration.ofSeconds(1));

        // When
        tickAfter(Duration.ofSeconds(30));
        reports.clear();
        tickAfter(Duration.ofSeconds(30));

        // Then
        assertThat(reports).isEmpty();
        assertThat(reserve()).isEqualTo(BudgetVerdict.WAITING);
        assertThat(reports.remove().getNeededNanos()).isEqualTo(2 * PRICE);
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> budgets.reserve(CAMPAIGN, new Money(-1), now, now))
                .hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new BudgetSettings(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        200,
                        false))
                .hasMessageContaining("budget.lease.ahead");
        assertThatThrownBy(() -> Lease.empty("DOLLAR")).hasMessageContaining("ISO 4217");
        assertThatThrownBy(() -> Lease.empty("USD").reserve(COST)).hasMessageContaining("at most what was granted");
    }
}

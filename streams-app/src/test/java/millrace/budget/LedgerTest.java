package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.GrantVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger, with the test as leases. */
class LedgerTest {
    private static final String CAMPAIGN = BudgetWorld.CAMPAIGN;
    private static final long PRICE = 100;

    private final BudgetWorld world = world(10);

    private static BudgetWorld world(int ads) {
        return new BudgetWorld(4, Campaigns.limited(CAMPAIGN, PRICE, ads * PRICE), BudgetSettings.DEFAULTS);
    }

    private static BudgetRequest.Builder report(int partition, long sequence) {
        return BudgetRequest.newBuilder()
                .setCampaign(CAMPAIGN)
                .setPartition(partition)
                .setSequence(sequence)
                .setCurrency("USD")
                .setGrantedNanos(0)
                .setWantedNanos(0)
                .setSpentNanos(0)
                .setReturnedNanos(0)
                .setReservedNanos(0)
                .setAt(0);
    }

    private void wants(int partition, long sequence, long ads) {
        world.book(report(partition, sequence).setWantedNanos(ads * PRICE).build());
    }

    private void needs(int partition, long sequence, long ads) {
        world.book(report(partition, sequence).setNeededNanos(ads * PRICE).build());
    }

    private Optional<BudgetGrant> answer(int partition) {
        Optional<BudgetGrant> last =
                Optional.ofNullable(world.grants.get(partition).peekLast());
        world.grants.get(partition).clear();
        return last;
    }

    private GrantVerdict verdict(int partition) {
        return answer(partition).orElseThrow().getVerdict();
    }

    private long granted(int partition) {
        return world.entry().share(new Holder(BudgetDay.NONE, partition)).grantedNanos() / PRICE;
    }

    @Test
    void foresightGetsAtMostHalfOfAnEvenPart() {
        wants(0, 1, 100);
        wants(1, 1, 100);

        assertThat(granted(0)).as("half of ten").isEqualTo(5);
        assertThat(granted(1)).as("a quarter of five").isEqualTo(1);
        assertThat(verdict(0)).isEqualTo(GrantVerdict.GRANTED);
    }

    @Test
    void aWaitingDecisionGetsAllItNeeds() {
        needs(0, 1, 10);

        assertThat(granted(0)).isEqualTo(10);
    }

    @Test
    void theLastAdsGoOnlyToDecisionsThatWait() {
        // Given: one ad is left
        needs(0, 1, 9);

        // When
        wants(1, 1, 5);
        needs(2, 1, 1);

        // Then
        assertThat(granted(1)).isZero();
        assertThat(granted(2)).isEqualTo(1);
    }

    @Test
    void scarceMoneyIsSharedEvenlyAmongThoseWhoWait() {
        // Given: nothing is left, three wait
        needs(3, 1, 10);
        needs(0, 1, 1);
        needs(1, 1, 8);
        needs(2, 1, 8);

        // When: all of it comes back
        world.book(report(3, 2)
                .setGrantedNanos(10 * PRICE)
                .setWantedNanos(10 * PRICE)
                .setReturnedNanos(10 * PRICE)
                .build());

        // Then
        assertThat(granted(0)).isEqualTo(1);
        assertThat(granted(1)).isEqualTo(4);
        assertThat(granted(2)).isEqualTo(5);
    }

    @Test
    void whoHoldsWhatAnotherNeedsIsAskedForIt() {
        // Given
        needs(0, 1, 10);
        answer(0);

        // When
        needs(1, 1, 1);

        // Then
        assertThat(verdict(1)).isEqualTo(GrantVerdict.LEASED_OUT);
        assertThat(verdict(0)).isEqualTo(GrantVerdict.LEASED_OUT);
    }

    /** Partition 0 has reserved all ten ads, partition 1 waits for one. */
    private void exhausted() {
        needs(0, 1, 10);
        needs(1, 1, 1);
        answer(0);
        answer(1);
        world.book(report(0, 2)
                .setGrantedNanos(10 * PRICE)
                .setWantedNanos(10 * PRICE)
                .setReservedNanos(10 * PRICE)
                .build());
    }

    @Test
    void whenAllIsReservedTheCampaignIsExhausted() {
        exhausted();

        assertThat(verdict(0)).isEqualTo(GrantVerdict.EXHAUSTED);
        assertThat(verdict(1)).isEqualTo(GrantVerdict.EXHAUSTED);
    }

    @Test
    void returnedMoneyGoesToWhoeverWaitsAtOnce() {
        // Given
        exhausted();

        // When: one of the ten was never shown
        world.book(report(0, 3)
                .setGrantedNanos(10 * PRICE)
                .setWantedNanos(10 * PRICE)
                .setSpentNanos(9 * PRICE)
                .setReturnedNanos(PRICE)
                .build());

        // Then
        assertThat(granted(1)).isEqualTo(1);
        assertThat(verdict(1)).isEqualTo(GrantVerdict.GRANTED);
        assertThat(world.entry().spent()).isEqualTo(new Money(9 * PRICE));
        assertThat(world.entry().leased()).isEqualTo(new Money(PRICE));
        assertThat(world.entry().reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void aRaisedBudgetIsNoticedAndServedWithoutBeingAsked() {
        // Given
        exhausted();

        // When
        world.catalog.put(Campaigns.limited(CAMPAIGN, PRICE, 12 * PRICE));
        world.recheck();

        // Then
        assertThat(granted(1)).isEqualTo(1);
        assertThat(verdict(0)).isEqualTo(GrantVerdict.GRANTED);
    }

    @Test
    void aRaiseWhileTheLedgerWasDownIsNoticedToo() {
        // Given
        exhausted();
        world.catalog.put(Campaigns.limited(CAMPAIGN, PRICE, 12 * PRICE));

        // When
        world.restartLedger();
        world.recheck();

        // Then
        assertThat(granted(1)).isEqualTo(1);
    }

    @Test
    void aCutBelowWhatIsOutRecallsLeasesAndGrantsNothingUntilItHolds() {
        // Given
        needs(0, 1, 10);
        answer(0);

        // When
        world.catalog.put(Campaigns.limited(CAMPAIGN, PRICE, 4 * PRICE));
        world.recheck();

        // Then
        assertThat(verdict(0)).isEqualTo(GrantVerdict.LEASED_OUT);
        needs(1, 1, 1);
        assertThat(granted(1)).isZero();

        // When: three were served, the rest comes back
        world.book(report(0, 2)
                .setGrantedNanos(10 * PRICE)
                .setWantedNanos(10 * PRICE)
                .setReservedNanos(3 * PRICE)
                .setReturnedNanos(7 * PRICE)
                .build());

        // Then
        assertThat(granted(1)).isEqualTo(1);
        assertThat(world.entry().out()).isEqualTo(new Money(4 * PRICE));
    }

    @Test
    void aCampaignThatIsNotThereYetIsRefusedAndServedWhenItComes() {
        // Given
        world.catalog.remove(CAMPAIGN);
        needs(0, 1, 1);
        assertThat(verdict(0)).isEqualTo(GrantVerdict.REFUSED);
        world.recheck();
        assertThat(answer(0)).isEmpty();

        // When
        world.catalog.put(Campaigns.limited(CAMPAIGN, PRICE, PRICE));
        world.recheck();

        // Then
        assertThat(granted(0)).isEqualTo(1);
        assertThat(verdict(0)).isEqualTo(GrantVerdict.GRANTED);
    }

    @Test
    void aPausedCampaignIsRefusedAndResumed() {
        // Given
        needs(0, 1, 1);
        answer(0);

        // When
        world.catalog.put(Campaigns.campaign(CAMPAIGN, false, "USD", PRICE, Optional.of(new Money(1_000))));
        world.recheck();

        // Then
        assertThat(verdict(0)).isEqualTo(GrantVerdict.REFUSED);
        world.catalog.put(Campaigns.limited(CAMPAIGN, PRICE, 1_000));
        world.recheck();
        assertThat(verdict(0)).isEqualTo(GrantVerdict.GRANTED);
    }

    @Test
    void aCampaignWithoutBudgetGetsWhateverItAsks() {
        world.catalog.put(Campaigns.unlimited(CAMPAIGN, PRICE));

        needs(0, 1, 1_000_000);
        wants(1, 1, 1_000_000);

        assertThat(granted(0)).isEqualTo(1_000_000);
        assertThat(granted(1)).isEqualTo(1_000_000);
    }

    @Test
    void whatALeaseSpentBeforeThereWasABudgetCounts() {
        // Given: a lease granted itself seven ads
        world.book(report(0, 1)
                .setGrantedNanos(7 * PRICE)
                .setWantedNanos(7 * PRICE)
                .setSpentNanos(7 * PRICE)
                .build());

        // When
        needs(1, 1, 5);

        // Then
        assertThat(granted(1)).isEqualTo(3);
    }

    @Test
    void aGrantStillUnderWayIsNotGivenAgain() {
        // Given
        needs(0, 1, 4);

        // When: the lease reports before it has heard
        needs(0, 2, 4);

        // Then
        assertThat(granted(0)).isEqualTo(4);
    }

    @Test
    void everyAskIsAnsweredButAPlainReportOnlyWhenThereIsNews() {
        // Given
        needs(0, 1, 10);
        needs(1, 1, 1);
        answer(1);

        // When
        needs(1, 2, 1);
        world.book(report(2, 1).build());

        // Then
        assertThat(verdict(1)).isEqualTo(GrantVerdict.LEASED_OUT);
        assertThat(answer(3)).isEmpty();
        world.book(report(2, 2).build());
        answer(2);
        world.book(report(2, 3).build());
        assertThat(answer(2)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "negative spend,      1, USD, 10,  10, 0, -1,  0, 0",
        "spent over granted,  1, USD, 10,  10, 0, 11,  0, 0",
        "parts over granted,  1, USD, 10,  10, 0,  4,  4, 3",
        "negative reserved,   1, USD, 10,  10, 0,  0,  0, -1",
        "wanted below granted,1, USD, 10,   9, 0,  0,  0, 0",
        "negative need,       1, USD, 10,  10, -1, 0,  0, 0",
        "negative granted,    1, USD, -1,  10, 0,  0,  0, 0",
        "no sequence,         0, USD, 10,  10, 0,  0,  0, 0",
        "no currency,         1, '',  10,  10, 0,  0,  0, 0",
        "sum over a long,     1, USD, 9223372036854775807, 9223372036854775807, 0, 0, 0, 0"
    })
    void anAbsurdReportIsADeadLetterAndChangesNothing(
            String what,
            long sequence,
            String currency,
            long granted,
            long wanted,
            long needed,
            long spent,
            long returned,
            long reserved) {
        // Given
        needs(1, 1, 1);
        LedgerEntry before = world.entry();

        // When
        world.book(report(0, sequence)
                .setCurrency(currency)
                .setGrantedNanos(granted)
                .setWantedNanos(wanted)
                .setNeededNanos(needed)
                .setSpentNanos(spent)
                .setReturnedNanos(returned)
                .setReservedNanos(reserved)
                .build());

        // Then
        assertThat(world.deadLetters).as(what).singleElement().satisfies(letter -> {
            assertThat(letter.getStage()).isEqualTo("budget");
            assertThat(letter.getTopic()).isEqualTo("budget-requests");
            assertThat(letter.getMessage()).startsWith("budget report: ");
        });
        assertThat(world.entry()).isEqualTo(before);
    }

    @Test
    void aReportOfAPartitionOrACampaignThatIsNotThereIsADeadLetter() {
        world.book(report(BudgetWorld.PARTITIONS, 1).build());
        world.book(report(-1, 1).build());

        assertThat(world.deadLetters)
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.getMessage()).contains("allowed is 0 to 63"));
    }

    @Test
    void anEmptyReportOrOneUnderAnotherKeyIsADeadLetter() {
        world.bookRaw("other", report(0, 1).build());
        world.bookEmpty(CAMPAIGN);

        assertThat(world.deadLetters).hasSize(2);
        assertThat(world.deadLetters.get(0).getMessage()).contains("the record's key");
        assertThat(world.deadLetters.get(1).getMessage()).contains("empty");
    }

    @Test
    void aReportInAnotherCurrencyIsRefusedAndItsLeaseTold() {
        // Given
        needs(0, 1, 1);

        // When
        world.book(report(1, 1).setCurrency("EUR").setNeededNanos(5).build());

        // Then
        BudgetGrant told = answer(1).orElseThrow();
        assertThat(told.getVerdict()).isEqualTo(GrantVerdict.REFUSED);
        assertThat(told.getCurrency()).isEqualTo("EUR");
        assertThat(granted(1)).isZero();
        assertThat(world.deadLetters).hasSize(1);
    }

    @Test
    void theCurrencyMayChangeBeforeAnyMoneyWasOut() {
        // Given: the catalog of the ledger is ahead of the lease's
        world.catalog.put(Campaigns.campaign(CAMPAIGN, true, "EUR", PRICE, Optional.of(new Money(1_000))));
        needs(0, 1, 1);
        assertThat(verdict(0)).isEqualTo(GrantVerdict.REFUSED);

        // When
        world.book(report(0, 2).setCurrency("EUR").setNeededNanos(PRICE).build());

        // Then
        assertThat(granted(0)).isEqualTo(1);
        assertThat(world.deadLetters).isEmpty();
    }

    @Test
    void grantsGoToThePartitionThatAsked() {
        needs(3, 1, 1);
        BudgetGrant grant = answer(3).orElseThrow();

        assertThat(new GrantPartitioner()
                        .partitions("budget-grants", CAMPAIGN, grant, 4)
                        .orElseThrow())
                .containsExactly(3);
    }

    @Test
    void moneyThatLiesElsewhereComesToWhoeverWaitsWithinAHalfSecond() {
        // Given: partition 0 holds all of it ahead, and then serves nothing
        BudgetWorld two = world(2);
        two.request(0, Duration.ofSeconds(1));
        two.deliverAll();
        two.advance(Duration.ofMillis(10));
        two.deliverAll();

        // When
        two.request(1, Duration.ofMillis(500));
        for (int hop = 0; hop < 8; hop++) {
            two.advance(Duration.ofMillis(50));
            two.deliverReport(0);
            two.deliverReport(1);
            two.deliverGrant(0);
            two.deliverGrant(1);
        }

        // Then
        assertThat(two.served).isEqualTo(2);
    }
}

package millrace.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import millrace.audit.Difference.Kind;
import millrace.schemas.BudgetBalance;
import millrace.schemas.BudgetEntry;
import millrace.schemas.EntryCause;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final Audit audit = new Audit();

    private static ServedAd served(String id, long cost) {
        return ServedAd.newBuilder()
                .setId(id)
                .setRequestId("r")
                .setSlotId("s")
                .setPlacement("p")
                .setUserKey("u")
                .setCampaign("c1")
                .setCreative("c")
                .setPriceCpmMicros(cost)
                .setCostNanos(cost)
                .setCurrency("EUR")
                .setServedAt(0)
                .setExpiresAt(0)
                .build();
    }

    private static Impression billed(String id, long cost) {
        return Impression.newBuilder()
                .setId(id)
                .setRequestId("r")
                .setPlacement("p")
                .setUserKey("u")
                .setCampaign("c1")
                .setCreative("c")
                .setVerdict(ImpressionVerdict.BILLED)
                .setCostNanos(cost)
                .setCurrency("EUR")
                .setServedAt(0)
                .setShownAt(0)
                .build();
    }

    private static BudgetBalance balance(long limit, long spent, long reserved, long leased) {
        return BudgetBalance.newBuilder()
                .setLimitNanos(limit)
                .setSpentNanos(spent)
                .setReservedNanos(reserved)
                .setLeasedNanos(leased)
                .build();
    }

    private static BudgetEntry.Builder entry(long number, EntryCause cause, BudgetBalance total) {
        return BudgetEntry.newBuilder()
                .setCampaign("c1")
                .setNumber(number)
                .setCause(cause)
                .setPartition(0)
                .setCurrency("EUR")
                .setTotal(total)
                .setAt(0);
    }

    /** Opened, ten granted, seven reserved of which five are spent. */
    private void ledger() {
        audit.entry(entry(1, EntryCause.OPEN, balance(10, 0, 0, 0)).build());
        audit.entry(entry(2, EntryCause.GRANT, balance(10, 0, 0, 10))
                .setGrantedNanos(10)
                .build());
        audit.entry(entry(3, EntryCause.REPORT, balance(10, 5, 2, 3))
                .setReservedNanos(7)
                .setSpentNanos(5)
                .build());
    }

    private void topics() {
        audit.served(served("a", 5));
        audit.served(served("b", 2));
        audit.shown(billed("a", 5));
    }

    private Kind onlyDifference() {
        assertThat(audit.result().differences()).hasSize(1);
        return audit.result().differences().getFirst().kind();
    }

    @Test
    void ledgerAndImpressionsThatTellTheSameAddUp() {
        topics();
        audit.begun();
        ledger();
        audit.caughtUp();

        assertThat(audit.result().addsUp()).isTrue();
        assertThat(audit.result().accounts()).singleElement().satisfies(account -> {
            assertThat(account.served()).isEqualTo(2);
            assertThat(account.billed()).isEqualTo(1);
            assertThat(account.spentNanos()).isEqualTo(5);
            assertThat(account.ledgerNanos()).contains(5L);
            assertThat(account.limitNanos()).contains(10L);
        });
    }

    @Test
    void aLedgerThatIsBehindOrAheadDiffers() {
        topics();
        audit.served(served("c", 1));
        audit.shown(billed("c", 1));
        audit.begun();
        ledger();
        audit.caughtUp();

        assertThat(onlyDifference())
                .as("an impression that the ledger does not have")
                .isEqualTo(Kind.SPENT);
    }

    @Test
    void aLedgerMaySayWhatCameWhileItWasRead() {
        audit.begun();
        ledger();
        topics();
        audit.caughtUp();

        assertThat(audit.result().addsUp()).isTrue();
    }

    @Test
    void anAdThatIsBilledTwiceIsFound() {
        topics();
        audit.shown(billed("a", 0));
        audit.begun();
        ledger();
        audit.caughtUp();

        assertThat(onlyDifference()).isEqualTo(Kind.BILLED_TWICE);
    }

    @Test
    void anAdThatIsBilledOtherThanItWasServedIsFound() {
        audit.served(served("a", 4));
        audit.shown(billed("a", 5));
        audit.begun();
        ledger();
        audit.caughtUp();

        assertThat(onlyDifference()).isEqualTo(Kind.NOT_AS_SERVED);
    }

    @Test
    void anEntryThatIsMissingOrDoesNotAddUpIsFound() {
        topics();
        audit.begun();
        ledger();
        audit.entry(entry(5, EntryCause.REPORT, balance(10, 5, 2, 3)).build());
        audit.entry(entry(6, EntryCause.REPORT, balance(10, 5, 2, 4)).build());
        audit.caughtUp();

        assertThat(audit.result().differences())
                .extracting(Difference::kind)
                .containsExactly(Kind.ENTRY_MISSING, Kind.BALANCE);
    }

    @Test
    void aGrantBeyondTheBudgetIsFoundButNotTheRestOfACut() {
        topics();
        audit.begun();
        ledger();
        audit.entry(entry(4, EntryCause.CUT, balance(4, 5, 2, 3)).build());
        audit.caughtUp();
        assertThat(audit.result().addsUp()).isTrue();

        audit.entry(entry(5, EntryCause.GRANT, balance(4, 5, 2, 4))
                .setGrantedNanos(1)
                .build());

        assertThat(onlyDifference()).isEqualTo(Kind.GRANTED_BEYOND);
    }

    @Test
    void whereCrashesForgetALedgerMayGoOnFromAnEarlierEntryAndARecordMayComeAgain() {
        Audit lenient = new Audit(true);
        for (Audit each : new Audit[] {lenient, audit}) {
            each.served(served("a", 5));
            each.shown(billed("a", 5));
            each.shown(billed("a", 5));
            each.begun();
            each.entry(entry(1, EntryCause.GRANT, balance(10, 0, 0, 7))
                    .setGrantedNanos(7)
                    .build());
            each.entry(entry(2, EntryCause.GRANT, balance(10, 0, 0, 9))
                    .setGrantedNanos(2)
                    .build());
            each.entry(entry(2, EntryCause.REPORT, balance(10, 5, 0, 2))
                    .setReservedNanos(5)
                    .setSpentNanos(5)
                    .build());
            each.caughtUp();
        }

        assertThat(lenient.result().differences()).isEmpty();
        assertThat(lenient.result().takenBack()).isOne();
        assertThat(audit.result().differences())
                .extracting(Difference::kind)
                .contains(Kind.BILLED_TWICE, Kind.ENTRY_MISSING, Kind.BALANCE);
    }

    @Test
    void testAndHouseAdsAndLateImpressionsCostNothing() {
        audit.served(ServedAd.newBuilder(served("t", 5)).setTest(true).build());
        audit.served(ServedAd.newBuilder(served("h", 5))
                .setCampaign(null)
                .setHouse(true)
                .build());
        audit.shown(Impression.newBuilder(billed("l", 0))
                .setVerdict(ImpressionVerdict.LATE)
                .build());
        audit.begun();
        audit.caughtUp();

        assertThat(audit.result().accounts()).isEmpty();
        assertThat(audit.result().addsUp()).isTrue();
    }

    @Test
    void aCampaignWhoseFirstEntriesWereDeletedIsFollowedFromThere() {
        audit.begun();
        audit.entry(entry(40, EntryCause.REPORT, balance(10, 5, 2, 3)).build());
        audit.entry(entry(41, EntryCause.REPORT, balance(10, 6, 1, 3))
                .setSpentNanos(1)
                .build());
        audit.caughtUp();

        assertThat(audit.result().addsUp()).isTrue();
        audit.entry(entry(42, EntryCause.REPORT, balance(10, 9, 1, 3))
                .setSpentNanos(1)
                .build());
        assertThat(onlyDifference()).isEqualTo(Kind.BALANCE);
    }

    @Test
    void aSumThatFitsNoLongIsAnError() {
        audit.served(served("a", Long.MAX_VALUE));

        assertThatThrownBy(() -> audit.served(served("b", 1))).isInstanceOf(ArithmeticException.class);
    }
}

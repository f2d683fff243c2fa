package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import millrace.catalog.Campaign;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.EntryCause;
import millrace.schemas.GrantVerdict;
import org.junit.jupiter.api.Test;

/** A ledger whose crash takes back what it stored, while the grants that it sent stay sent. */
class ForgetfulLedgerTest {
    private static final String CAMPAIGN = BudgetWorld.CAMPAIGN;
    private static final long PRICE = 100;
    private static final int ADS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Campaign OPEN = Campaigns.limited(CAMPAIGN, PRICE, ADS * PRICE);

    private final BudgetWorld world = new BudgetWorld(3, OPEN, BudgetSettings.DEFAULTS.whereCrashesForget());

    /** All money goes to partition 0, the ledger forgets it, and finds the campaign closed when it reads the report again. */
    private void grantsAllAndForgetsIt() {
        LedgerEntry before = world.entry();
        for (int i = 0; i < ADS; i++) {
            world.request(0, PATIENCE);
        }
        List<BudgetRequest> asks = List.copyOf(world.reports.get(0));
        world.deliverAll();
        assertThat(world.served).isEqualTo(ADS);
        world.ledgerStore.put(CAMPAIGN, before);
        world.catalog.remove(CAMPAIGN);
        world.restartLedger();
        asks.forEach(world::book);
        world.catalog.put(OPEN);
    }

    private void passes(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusMillis(250)) {
            world.advance(Duration.ofMillis(250));
            world.recheck();
            world.deliverAll();
        }
    }

    @Test
    void whatWasGrantedAndForgottenIsNotGrantedAgain() {
        grantsAllAndForgetsIt();

        world.request(1, PATIENCE);
        world.deliverReports(1);
        passes(Duration.ofSeconds(2));

        assertThat(world.served).isEqualTo(ADS);
        assertThat(world.promisedNanos()).isEqualTo(ADS * PRICE);
        assertThat(world.inLeasesNanos()).isEqualTo(ADS * PRICE);
        assertThat(world.lines).extracting(BudgetEntry::getCause).contains(EntryCause.ADOPT);
    }

    @Test
    void nothingIsGrantedUntilEverybodyHasAnswered() {
        grantsAllAndForgetsIt();

        world.request(1, PATIENCE);
        world.deliverReports(1);

        // Partition 1 has answered, partition 0 has not read that it is called.
        world.deliverGrants(1);
        world.deliverReports(1);
        assertThat(world.lease(1).grantedNanos()).isZero();
        assertThat(world.grants.get(0)).isNotEmpty();
    }

    @Test
    void onceEverybodyHasAnsweredWhatIsLeftIsGranted() {
        world.request(0, PATIENCE);
        world.deliverAll();
        world.restartLedger();

        world.request(1, PATIENCE);
        passes(Duration.ofSeconds(2));

        assertThat(world.served).isEqualTo(2);
    }

    @Test
    void leaseThatIsNotThereAnyMoreAnswersToo() {
        world.request(0, PATIENCE);
        world.deliverAll();
        world.leaseStores.get(0).delete(CAMPAIGN);
        world.restartBudgets(0);
        world.restartLedger();

        world.request(1, PATIENCE);
        passes(Duration.ofSeconds(2));

        assertThat(world.lease(1).reservedNanos()).isEqualTo(PRICE);
    }

    @Test
    void ledgerThatWasThoughtDeadGrantsNothingAnyMore() {
        world.request(0, PATIENCE);
        world.deliverAll();
        long granted = world.lease(0).grantedNanos();
        BudgetGrant old = BudgetGrant.newBuilder()
                .setCampaign(CAMPAIGN)
                .setPartition(0)
                .setSequence(1_000)
                .setGrantedNanos(granted + PRICE)
                .setVerdict(GrantVerdict.GRANTED)
                .setCurrency("USD")
                .setLedger(lifeHeardBy(0))
                .setAt(0)
                .build();
        world.restartLedger();
        world.request(1, PATIENCE);
        passes(Duration.ofSeconds(2));

        world.apply(0, old);

        assertThat(world.lease(0).grantedNanos()).isEqualTo(granted);
    }

    private long lifeHeardBy(int partition) {
        world.advance(Duration.ofSeconds(2));
        world.budgets
                .get(partition)
                .reserve(world.campaign(), world.campaign().price().perImpression(), world.now, world.now);
        world.advance(Duration.ofSeconds(2));
        long life = world.reports.get(partition).getLast().getLedger();
        assertThat(life).isNotZero();
        return life;
    }
}

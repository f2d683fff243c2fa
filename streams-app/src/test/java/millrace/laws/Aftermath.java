package millrace.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import millrace.budget.Budgets;
import millrace.budget.Lease;
import millrace.budget.Ledger;
import millrace.budget.LedgerEntry;
import millrace.caps.CapSettings;
import millrace.caps.CapSubject;
import millrace.caps.FrequencyCaps;
import millrace.caps.Viewer;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.LifetimeInterest;
import millrace.schemas.Campaign;
import millrace.schemas.CapScope;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** When all is calm again: what the stores hold is what the model says, and no money is beyond reach. */
record Aftermath(Cluster cluster, Interleaving history, Referee referee) {
    private static final CapRule ALL_ADS = new CapRule(CapScope.USER, 500, new CapSpan.Rolling(Duration.ofHours(3)));
    private static final CapSubject NO_AD = CapSubject.beforeTheAnswer("", "", "");

    void check() {
        for (int i = 0; i < 4; i++) {
            history.calmDown(); // Together longer than any request may take.
        }
        everyRequestHasOneAnswer();
        storesAgreeWithTheModel();
        history.limited().forEach(this::allOfTheBudgetCanBeUsed);
        everyRequestHasOneAnswer();
        everythingExpires();
    }

    private void everyRequestHasOneAnswer() {
        referee.settled();
        assertThat(referee.answers())
                .allSatisfy((request, answers) ->
                        assertThat(answers).as("answers to %s", request).isEqualTo(1));
        for (Task task : cluster.decisions()) {
            KeyValueStore<Integer, byte[]> journal = task.store("journal");
            try (KeyValueIterator<Integer, byte[]> rows = journal.all()) {
                rows.forEachRemaining(row ->
                        assertThat(row.value).as("journal entry %d", row.key).hasSize(1));
            }
        }
    }

    private void storesAgreeWithTheModel() {
        for (String campaign : history.campaigns.keySet()) {
            List<Lease> leases = leases(campaign);
            assertThat(leases.stream().mapToLong(Lease::spentNanos).sum())
                    .as("spent of %s in leases", campaign)
                    .isEqualTo(referee.spent(campaign));
            assertThat(leases.stream().mapToLong(Lease::reservedNanos).sum())
                    .as("reserved of %s in leases", campaign)
                    .isEqualTo(referee.reserved(campaign));
        }
        Instant now = cluster.instant();
        for (String user : Interleaving.USERS) {
            Task task = cluster.decisions().get(cluster.partitionOf(user));
            int room = new FrequencyCaps(
                            task.store(FrequencyCaps.STORE),
                            task.store(FrequencyCaps.LIFETIME),
                            CapSettings.DEFAULT,
                            () -> LifetimeInterest.NONE)
                    .of(new Viewer(user, 0, now))
                    .remaining(ALL_ADS, NO_AD, now);
            assertThat(ALL_ADS.limit() - room).as("ads that count for %s", user).isEqualTo((int) referee.ads().stream()
                    .filter(ad -> ad.counts()
                            && !ad.served.getHouse()
                            && ad.served.getUserKey().equals(user))
                    .count());
        }
    }

    /** Nobody else runs, and one new user after the other asks. */
    private void allOfTheBudgetCanBeUsed(String id) {
        history.onlyThisOneRuns(id);
        Campaign campaign = Objects.requireNonNull(history.campaigns.get(id));
        long usable = campaign.getBudgetNanos() - campaign.getBudgetNanos() % Interleaving.PRICE;
        long expected = Math.max(usable, referee.out(id));
        for (int round = 0; round < 40 && referee.out(id) < expected; round++) {
            history.ask((expected - referee.out(id)) / Interleaving.PRICE + 2);
        }
        history.ask(2);
        assertThat(referee.out(id))
                .as("money of %s that can be used, of %d", id, campaign.getBudgetNanos())
                .isEqualTo(expected);
    }

    private void everythingExpires() {
        for (int i = 0; i < 3; i++) {
            cluster.pass(Cluster.TTL);
            history.calmDown();
        }
        assertThat(referee.ads()).noneMatch(ad -> ad.state == Referee.State.RESERVED);
        storesAgreeWithTheModel();
        for (String campaign : history.limited()) {
            KeyValueStore<String, LedgerEntry> ledger = cluster.ledger().store(Ledger.STORE);
            LedgerEntry entry = ledger.get(campaign);
            if (entry != null) {
                assertThat(entry.out().nanos())
                        .as("out of %s in the ledger", campaign)
                        .isEqualTo(referee.spent(campaign));
            }
        }
    }

    private List<Lease> leases(String campaign) {
        return cluster.decisions().stream()
                .map(task -> {
                    KeyValueStore<String, Lease> store = task.store(Budgets.STORE);
                    Lease lease = store.get(campaign);
                    return lease == null ? Lease.empty("USD") : lease;
                })
                .toList();
    }
}

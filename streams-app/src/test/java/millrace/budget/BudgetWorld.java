package millrace.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.DeadLetter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Some partitions with their leases, one ledger, and the two topics between them. Messages of one sender keep their
 * order; everything else about their delivery is up to the test.
 */
final class BudgetWorld {
    static final String CAMPAIGN = "c1";
    static final int PARTITIONS = 64;

    /** A decision that waits for money. */
    private record Waiter(Money cost, Instant deadline) {}

    /** An ad that was served. */
    record Served(int partition, BudgetDay day, Money cost) {}

    final Campaigns catalog = new Campaigns();
    final List<SerdeStore<Lease>> leaseStores = new ArrayList<>();
    final List<Budgets> budgets = new ArrayList<>();
    final List<Deque<BudgetRequest>> reports = new ArrayList<>();
    final List<Deque<BudgetGrant>> grants = new ArrayList<>();
    final SerdeStore<LedgerEntry> ledgerStore = new SerdeStore<>(Ledger.STORE, LedgerEntrySerde.serde());
    final List<BudgetEntry> lines = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<Served> unsettled = new ArrayList<>();
    private final List<List<Waiter>> waiters = new ArrayList<>();
    private final BudgetSettings settings;
    private MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
    private Ledger ledger;
    Instant now = Instant.parse("2026-11-02T10:00:00Z");
    int served;
    /** Decisions whose deadline came while they waited, though the ledger had money. */
    int lapsed;

    int messages;

    BudgetWorld(int partitions, Campaign campaign, BudgetSettings settings) {
        this.settings = settings;
        catalog.put(campaign);
        ledger = startLedger();
        for (int partition = 0; partition < partitions; partition++) {
            leaseStores.add(new SerdeStore<>(Budgets.STORE, LeaseSerde.serde()));
            reports.add(new ArrayDeque<>());
            grants.add(new ArrayDeque<>());
            waiters.add(new ArrayList<>());
            budgets.add(startBudgets(partition));
        }
    }

    int partitions() {
        return leaseStores.size();
    }

    Campaign campaign() {
        return catalog.campaign(CAMPAIGN).orElseThrow();
    }

    Lease lease(int partition) {
        Lease lease = leaseStores.get(partition).get(CAMPAIGN);
        return lease == null ? Lease.empty("USD") : lease;
    }

    LedgerEntry entry() {
        LedgerEntry entry = ledgerStore.get(CAMPAIGN);
        return entry == null ? LedgerEntry.begin("USD", Funds.of(catalog.campaign(CAMPAIGN), now)) : entry;
    }

    /** A request: foreseen, and decided at once. */
    BudgetVerdict request(int partition, Duration patience) {
        Budgets room = budgets.get(partition);
        room.foresee(campaign(), now);
        return decide(partition, campaign().price().perImpression(), now.plus(patience));
    }

    private BudgetVerdict decide(int partition, Money cost, Instant deadline) {
        BudgetVerdict verdict = budgets.get(partition).reserve(campaign(), cost, now, deadline);
        switch (verdict) {
            case BudgetVerdict.Reserved reserved -> {
                served++;
                unsettled.add(new Served(partition, reserved.day(), cost));
            }
            case BudgetVerdict.Waiting waiting -> waiters.get(partition).add(new Waiter(cost, deadline));
            case BudgetVerdict.Exhausted exhausted -> {}
        }
        return verdict;
    }

    /** The ledger could still grant an ad. */
    private boolean hasMoney() {
        long unit = campaign().price().perImpression().nanos();
        return campaign()
                .budget()
                .total()
                .map(total -> entry().out().nanos() + unit <= total.nanos())
                .orElse(true);
    }

    int waiting() {
        return waiters.stream().mapToInt(List::size).sum();
    }

    private void rerun(int partition) {
        List<Waiter> again = List.copyOf(waiters.get(partition));
        waiters.get(partition).clear();
        again.stream()
                .filter(waiter -> !waiter.deadline().isBefore(now))
                .forEach(waiter -> decide(partition, waiter.cost(), waiter.deadline()));
    }

    void settleOne(RandomGenerator random, boolean shown) {
        if (unsettled.isEmpty()) {
            return;
        }
        settle(random.nextInt(unsettled.size()), shown);
    }

    private void settle(int chosen, boolean shown) {
        Served ad = unsettled.remove(chosen);
        Budgets room = budgets.get(ad.partition());
        if (shown) {
            room.spend(CAMPAIGN, false, ad.day(), ad.cost(), now);
        } else {
            served--;
            if (room.release(CAMPAIGN, ad.day(), ad.cost(), now)) {
                rerun(ad.partition());
            }
        }
    }

    void settleAll(boolean shown) {
        settleSome(unsettled.size(), shown);
    }

    /** The oldest first. */
    void settleSome(int ads, boolean shown) {
        for (int i = 0; i < ads; i++) {
            settle(0, shown);
        }
    }

    /** By what the ledger's lines say. */
    long spentOn(BudgetDay day) {
        return lines.stream()
                .filter(line -> line.getBudgetDay() == day.number())
                .mapToLong(BudgetEntry::getSpentNanos)
                .sum();
    }

    void advance(Duration time) {
        now = now.plus(time);
        for (int partition = 0; partition < partitions(); partition++) {
            budgets.get(partition).tick(now);
            int before = waiters.get(partition).size();
            waiters.get(partition).removeIf(waiter -> waiter.deadline().isBefore(now));
            int gone = before - waiters.get(partition).size();
            lapsed += hasMoney() ? gone : 0;
        }
    }

    void recheck() {
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(now.toEpochMilli());
        collect();
    }

    /** The ledger reads the oldest report of a partition, if there is one. */
    void deliverReport(int partition) {
        BudgetRequest report = reports.get(partition).poll();
        if (report != null) {
            book(report);
        }
    }

    void deliverReports(int partition) {
        for (int i = reports.get(partition).size(); i > 0; i--) {
            deliverReport(partition);
        }
    }

    void deliverGrants(int partition) {
        for (int i = grants.get(partition).size(); i > 0; i--) {
            deliverGrant(partition);
        }
    }

    void book(BudgetRequest report) {
        bookRaw(report.getCampaign(), report);
    }

    void bookRaw(String key, BudgetRequest report) {
        process(new Record<>(key, report, now.toEpochMilli()));
    }

    @SuppressWarnings("NullAway") // A tombstone is what a stranger may write.
    void bookEmpty(String key) {
        process(new Record<>(key, null, now.toEpochMilli()));
    }

    private void process(Record<String, BudgetRequest> record) {
        messages++;
        context.setRecordMetadata("budget-requests", 0, messages);
        ledger.process(record);
        collect();
    }

    /** A partition reads its oldest grant, if there is one. */
    void deliverGrant(int partition) {
        BudgetGrant grant = grants.get(partition).poll();
        if (grant != null) {
            apply(partition, grant);
        }
    }

    void apply(int partition, BudgetGrant grant) {
        messages++;
        if (budgets.get(partition).granted(grant, now)) {
            rerun(partition);
        }
    }

    void deliverAll() {
        while (reports.stream().anyMatch(queue -> !queue.isEmpty())
                || grants.stream().anyMatch(queue -> !queue.isEmpty())) {
            for (int partition = 0; partition < partitions(); partition++) {
                deliverReport(partition);
                deliverGrant(partition);
            }
        }
    }

    void restartBudgets(int partition) {
        budgets.set(partition, startBudgets(partition));
        rerun(partition);
    }

    void restartLedger() {
        ledger = startLedger();
    }

    /** Spent and reserved: what was really promised, whatever the ledger knows. */
    long promisedNanos() {
        return leases().mapToLong(lease -> lease.spentNanos() + lease.reservedNanos())
                .sum();
    }

    long inLeasesNanos() {
        return leases().mapToLong(lease -> lease.grantedNanos() - lease.returnedNanos())
                .sum();
    }

    private Stream<Lease> leases() {
        return leaseStores.stream().flatMap(SerdeStore::values);
    }

    private Budgets startBudgets(int partition) {
        return new Budgets(leaseStores.get(partition), partition, settings, reports.get(partition)::add, now);
    }

    private Ledger startLedger() {
        context = new MockProcessorContext<>();
        context.addStateStore(ledgerStore);
        Ledger fresh = new Ledger(
                catalog, settings, () -> now, new Ledger.Outlets("grants", "entries", "dead-letters", PARTITIONS));
        fresh.init(context);
        return fresh;
    }

    private void collect() {
        for (CapturedForward<? extends String, ? extends SpecificRecord> forward : context.forwarded()) {
            switch (forward.record().value()) {
                case BudgetGrant grant -> grants.get(grant.getPartition()).add(grant);
                case BudgetEntry line -> lines.add(line);
                case DeadLetter letter -> deadLetters.add(letter);
                default -> throw new AssertionError("unexpected " + forward);
            }
        }
        context.resetForwards();
    }
}

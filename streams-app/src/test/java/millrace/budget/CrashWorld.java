package millrace.budget;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Leases and ledger as Kafka Streams runs them exactly once: what a task has read, changed and written since its last commit is there
 * as a whole or not at all. A crash goes back to the last commit on one side only.
 */
final class CrashWorld {
    static final String CAMPAIGN = "c1";

    /** An ad that waits for its impression. */
    record Ad(BudgetDay day, Money cost) {}

    final Campaigns catalog = new Campaigns();
    final List<Task> tasks;
    final Books books = new Books();
    /** What committed impressions cost, by budget day. */
    final List<Ad> shown = new ArrayList<>();

    /** Then leases granted themselves what the ledger does not know of yet. */
    boolean wasUnlimited;

    Instant now = Instant.parse("2026-11-02T10:00:00Z");

    CrashWorld(int partitions, Campaign campaign) {
        apply(campaign);
        books.start();
        tasks = IntStream.range(0, partitions).mapToObj(Task::new).toList();
    }

    void apply(Campaign campaign) {
        wasUnlimited |= campaign.budget().isUnlimited();
        catalog.put(campaign);
    }

    Campaign campaign() {
        return catalog.campaign(CAMPAIGN).orElseThrow();
    }

    /** One partition's leases, and the ads that were served from them. */
    final class Task {
        private final int partition;
        private final SerdeStore<Lease> store = new SerdeStore<>(Budgets.STORE, LeaseSerde.serde());
        final Deque<BudgetGrant> inbox = new ArrayDeque<>();
        private final List<BudgetRequest> written = new ArrayList<>();
        private final List<Ad> spent = new ArrayList<>();
        private int read;
        List<Ad> open = new ArrayList<>();
        private List<Ad> committedOpen = List.of();
        private Budgets budgets;

        private Task(int partition) {
            this.partition = partition;
            this.budgets = start();
        }

        private Budgets start() {
            return new Budgets(store, partition, BudgetSettings.DEFAULTS, written::add, now);
        }

        boolean request() {
            Campaign campaign = campaign();
            budgets.foresee(campaign, now);
            Money cost = campaign.price().perImpression();
            BudgetVerdict verdict = budgets.reserve(campaign, cost, now, now.plusSeconds(1));
            if (verdict instanceof BudgetVerdict.Reserved(BudgetDay day)) {
                open.add(new Ad(day, cost));
                return true;
            }
            return false;
        }

        void settle(RandomGenerator random, boolean isShown) {
            if (!open.isEmpty()) {
                Ad ad = open.remove(random.nextInt(open.size()));
                if (isShown) {
                    spent.add(ad);
                    budgets.spend(CAMPAIGN, false, ad.day(), ad.cost(), now);
                } else {
                    budgets.release(CAMPAIGN, ad.day(), ad.cost(), now);
                }
            }
        }

        void hear() {
            inbox.stream().skip(read).findFirst().ifPresent(grant -> {
                read++;
                budgets.granted(grant, now);
            });
        }

        void tick() {
            budgets.tick(now);
        }

        void commit() {
            store.commit();
            books.inbox.addAll(written);
            written.clear();
            shown.addAll(spent);
            spent.clear();
            committedOpen = List.copyOf(open);
            for (; read > 0; read--) {
                inbox.remove();
            }
        }

        void crash() {
            store.crash();
            written.clear();
            spent.clear();
            open = new ArrayList<>(committedOpen);
            read = 0;
            budgets = start();
        }

        List<Lease> leases() {
            return store.values().toList();
        }
    }

    /** The ledger's task. */
    final class Books {
        final Deque<BudgetRequest> inbox = new ArrayDeque<>();
        final List<BudgetEntry> lines = new ArrayList<>();
        private final SerdeStore<LedgerEntry> store = new SerdeStore<>(Ledger.STORE, LedgerEntrySerde.serde());
        private MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
        private Ledger ledger =
                new Ledger(catalog, BudgetSettings.DEFAULTS, () -> now, new Ledger.Outlets("", "", "", 64));
        private int read;

        private void start() {
            context = new MockProcessorContext<>();
            context.setRecordMetadata("budget-requests", 0, 0);
            context.addStateStore(store);
            ledger = new Ledger(
                    catalog,
                    BudgetSettings.DEFAULTS,
                    () -> now,
                    new Ledger.Outlets("grants", "entries", "letters", 64));
            ledger.init(context);
        }

        void hear() {
            inbox.stream().skip(read).findFirst().ifPresent(report -> {
                read++;
                ledger.process(new Record<>(CAMPAIGN, report, now.toEpochMilli()));
            });
        }

        void look() {
            context.scheduledPunctuators().getLast().getPunctuator().punctuate(now.toEpochMilli());
        }

        void commit() {
            store.commit();
            context.forwarded().forEach(forward -> {
                switch (forward.record().value()) {
                    case BudgetGrant grant ->
                        tasks.get(grant.getPartition()).inbox.add(grant);
                    case BudgetEntry line -> lines.add(line);
                    default -> throw new AssertionError("unexpected " + forward.record());
                }
            });
            context.resetForwards();
            for (; read > 0; read--) {
                inbox.remove();
            }
        }

        void crash() {
            store.crash();
            read = 0;
            start();
        }

        LedgerEntry entry() {
            LedgerEntry entry = store.get(CAMPAIGN);
            return entry == null ? LedgerEntry.begin("USD", Funds.of(catalog.campaign(CAMPAIGN), now)) : entry;
        }
    }

    /** Everything that is under way arrives, and stands. */
    void settleDown() {
        boolean moved = true;
        while (moved) {
            tasks.forEach(Task::commit);
            moved = !books.inbox.isEmpty();
            while (books.read < books.inbox.size()) {
                books.hear();
            }
            books.look();
            books.commit();
            for (Task task : tasks) {
                moved |= !task.inbox.isEmpty();
                while (task.read < task.inbox.size()) {
                    task.hear();
                }
            }
        }
    }
}

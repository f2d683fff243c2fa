package millrace.budget;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Objects;
import millrace.catalog.Catalog;
import millrace.schemas.BudgetRequest;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Hands out leases of every campaign's budget, so that {@code spent + reserved + leased ≤ budget}. In: reports of the
 * leases, keyed by campaign. Out: grants, each for one partition, every
 * change with its cause and the balances that it left, and dead letters for reports that cannot be true.
 *
 * <p>Store {@value #STORE}: key campaign id, value {@link LedgerEntry}, kept for ever, written by this class alone. The
 * budget itself is the catalog's; a copy is in the entry, so that a change while nobody was looking is still noticed.
 *
 * <p>Safe to repeat: a report with a number that was seen is ignored, and grants are totals.
 */
public final class Ledger implements Processor<String, BudgetRequest, String, SpecificRecord> {
    public static final String STORE = "ledger";

    private final Catalog catalog;
    private final BudgetSettings settings;
    private final InstantSource clock;
    private final Outlets outlets;
    private final LedgerMeters meters;
    private @Nullable Bookkeeper bookkeeper;

    /**
     * Names of the children.
     *
     * @param grants writes budget-grants
     * @param entries writes budget-ledger
     * @param deadLetters writes dead-letters
     * @param partitions of budget-grants; a report of any other is a dead letter, since a grant to it would block
     */
    public record Outlets(String grants, String entries, String deadLetters, int partitions) {}

    /** Counted for nobody. */
    public Ledger(Catalog catalog, BudgetSettings settings, InstantSource clock, Outlets outlets) {
        this(catalog, settings, clock, outlets, new LedgerMeters(new SimpleMeterRegistry()));
    }

    public Ledger(Catalog catalog, BudgetSettings settings, InstantSource clock, Outlets outlets, LedgerMeters meters) {
        this.catalog = catalog;
        this.settings = settings;
        this.clock = clock;
        this.outlets = outlets;
        this.meters = meters;
    }

    /** Cached, so that the many reports on a busy campaign are one changelog record a commit. */
    public static StoreBuilder<KeyValueStore<String, LedgerEntry>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.String(), LedgerEntrySerde.serde())
                .withCachingEnabled();
    }

    /** May be called again after a rebalance: everything in memory is read anew. */
    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        close();
        Bookkeeper fresh = new Bookkeeper(catalog, settings, clock, outlets, context, meters);
        context.schedule(settings.recheck(), PunctuationType.WALL_CLOCK_TIME, now -> fresh.recheck());
        bookkeeper = fresh;
    }

    @Override
    public void process(Record<String, BudgetRequest> record) {
        Objects.requireNonNull(bookkeeper, "process before init").book(record);
    }

    @Override
    public void close() {
        if (bookkeeper != null) {
            bookkeeper.close();
            bookkeeper = null;
        }
    }
}

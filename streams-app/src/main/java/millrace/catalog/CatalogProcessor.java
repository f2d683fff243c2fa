package millrace.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import millrace.check.Checked;
import millrace.check.Fault;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the records of one catalog topic into the {@link LiveCatalog}.
 *
 * <p>Enters: every record of the topic, on the one thread of the global stores. Remembered: the bytes of each record that stands, in an
 * in-memory global store, so that store and catalog hold the same. Goes wrong: a record that cannot be read, breaks a rule, or whose
 * key is not its id is refused; what stood before stays, and the refusal is handed on. (After a restart nothing stood before: compaction
 * keeps only the last record. {@code millrace apply} therefore sends no such record.)
 *
 * <p>Safe to repeat: a record says all of its entry, so the last one wins however often it comes. At start Kafka Streams sends the
 * whole topic through one instance of this class, then makes another, which finds the store full.
 */
final class CatalogProcessor<T> implements Processor<String, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogProcessor.class);

    private final String storeName;
    private final Function<byte[], Checked<T>> reader;
    private final Function<T, String> id;
    private final LiveCatalog.Table<T> table;
    private final Consumer<Refusal> refusals;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable KeyValueStore<String, byte[]> store;

    CatalogProcessor(
            String storeName,
            Function<byte[], Checked<T>> reader,
            Function<T, String> id,
            LiveCatalog.Table<T> table,
            Consumer<Refusal> refusals) {
        this.storeName = storeName;
        this.reader = reader;
        this.id = id;
        this.table = table;
        this.refusals = refusals;
    }

    @Override
    public void init(ProcessorContext<Void, Void> given) {
        context = given;
        KeyValueStore<String, byte[]> opened = given.getStateStore(storeName);
        store = opened;
        List<T> standing = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = opened.all()) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                if (reader.apply(entry.value) instanceof Checked.Valid<T>(T value)) {
                    standing.add(value);
                }
            }
        }
        table.replaceAll(standing);
    }

    @Override
    public void process(Record<String, byte[]> entry) {
        String key = entry.key();
        byte[] bytes = entry.value();
        if (key == null) {
            refuse(entry, new Fault("key", "is missing; the id is wanted"));
        } else if (bytes == null) {
            Objects.requireNonNull(store).delete(key);
            table.remove(key);
        } else {
            put(entry, key, bytes);
        }
    }

    private void put(Record<String, byte[]> entry, String key, byte[] bytes) {
        switch (reader.apply(bytes)) {
            case Checked.Invalid<T>(List<Fault> faults) -> refuse(entry, faults.toArray(Fault[]::new));
            case Checked.Valid<T>(T value)
            when !id.apply(value).equals(key) ->
                refuse(entry, new Fault("id", "is '" + id.apply(value) + "'; the record's key must be the same"));
            case Checked.Valid<T>(T value) -> {
                Objects.requireNonNull(store).put(key, bytes);
                table.put(value);
            }
        }
    }

    private void refuse(Record<String, byte[]> entry, Fault... faults) {
        Refusal refusal = refusal(entry, List.of(faults));
        LOG.atWarn()
                .addKeyValue("topic", refusal.topic())
                .addKeyValue("partition", refusal.partition())
                .addKeyValue("offset", refusal.offset())
                .addKeyValue("faults", refusal.faults())
                .log("catalog record refused; what stood before stays");
        refusals.accept(refusal);
    }

    private Refusal refusal(Record<String, byte[]> entry, List<Fault> faults) {
        String key = Objects.requireNonNullElse(entry.key(), "");
        byte[] value = Objects.requireNonNullElse(entry.value(), new byte[0]);
        return Objects.requireNonNull(context)
                .recordMetadata()
                .map(at -> new Refusal(at.topic(), at.partition(), at.offset(), entry.timestamp(), key, value, faults))
                .orElseGet(() -> new Refusal(storeName, -1, -1, entry.timestamp(), key, value, faults));
    }
}

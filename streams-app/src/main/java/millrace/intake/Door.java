package millrace.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.session.Origin;
import millrace.wire.Reading;
import millrace.wire.WireReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Reads the records of one source topic. What cannot be read goes to dead letters; what was written with a schema that the
 * registry has not told yet is parked and read again shortly, so a registry that is away makes no good record a dead letter
 * and stops no other.
 *
 * <p>Remembers the parked records in a store that the doors of a sub-topology share (key: this node's name and a running number). Safe to repeat: a
 * record is parked or passed on in the transaction that commits its offset.
 */
public final class Door<T extends SpecificRecord> implements Processor<byte[], byte[], String, Object> {
    /** More than this and the door waits for the registry instead, so that the store stays small. */
    static final int PARKED_LIMIT = 10_000;

    private static final int UNPARKED_AT_ONCE = 200;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Leads leads;
    private final WireReader<T> reader;
    private final Welcome<T> welcome;
    private final Doorway doorway = new Doorway(this);
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, byte[]> parked;
    private long nextNumber;
    private int parkedCount;

    /**
     * @param door this node's name
     * @param parked the store of parked records
     * @param next the child that is given what was let in
     * @param deadLetters the child that is given what was refused
     */
    public record Leads(String door, String parked, String next, String deadLetters) {}

    /** What is done with a record that was read. */
    @FunctionalInterface
    public interface Welcome<T> {
        void welcome(T value, Record<byte[], byte[]> record, Origin origin, Doorway doorway);
    }

    @SuppressWarnings("NullAway.Init") // Kafka calls init before anything else.
    public Door(Leads leads, WireReader<T> reader, Welcome<T> welcome) {
        this.leads = leads;
        this.reader = reader;
        this.welcome = welcome;
    }

    public static StoreBuilder<KeyValueStore<String, byte[]>> parkedStore(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        parked = context.getStateStore(leads.parked());
        parkedCount = 0;
        nextNumber = 0;
        try (KeyValueIterator<String, byte[]> rows = mine()) {
            while (rows.hasNext()) {
                nextNumber = number(rows.next().key) + 1;
                parkedCount++;
            }
        }
        context.schedule(LOOK_AGAIN, PunctuationType.WALL_CLOCK_TIME, now -> readParked());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Origin origin = context.recordMetadata().map(Door::origin).orElseThrow();
        Optional<String> tooLarge = Sizes.fault(record);
        if (tooLarge.isPresent()) {
            doorway.refuse(record, origin, "too_large", tooLarge.get());
        } else if (!pass(record, origin)) {
            park(new Parked(record, origin));
        }
    }

    ProcessorContext<String, Object> context() {
        return context;
    }

    Leads leads() {
        return leads;
    }

    /** @return false if the record's schema is not known yet */
    private boolean pass(Record<byte[], byte[]> record, Origin origin) {
        return switch (reader.read(record.value())) {
            case Reading.Value<T>(T value) -> {
                welcome.welcome(value, record, origin, doorway);
                yield true;
            }
            case Reading.Malformed<T>(String reason) -> {
                doorway.refuse(record, origin, "malformed", reason);
                yield true;
            }
            case Reading.Pending<T> pending -> false;
        };
    }

    private void park(Parked late) {
        if (parkedCount >= PARKED_LIMIT) {
            throw new IllegalStateException("the schema registry does not answer and " + parkedCount
                    + " records wait for it at " + leads.door() + "; reading stops until it is back");
        }
        parked.put(key(nextNumber++), late.bytes());
        parkedCount++;
    }

    private void readParked() {
        if (parkedCount == 0) {
            return;
        }
        for (KeyValue<String, byte[]> row : firstParked()) {
            Parked late = Parked.of(row.value);
            if (pass(late.record(), late.origin())) {
                parked.delete(row.key);
                parkedCount--;
            }
        }
    }

    private List<KeyValue<String, byte[]>> firstParked() {
        List<KeyValue<String, byte[]>> rows = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = mine()) {
            while (all.hasNext() && rows.size() < UNPARKED_AT_ONCE) {
                rows.add(all.next());
            }
        }
        return rows;
    }

    private KeyValueIterator<String, byte[]> mine() {
        return parked.prefixScan(leads.door() + "/", new StringSerializer());
    }

    private String key(long number) {
        return leads.door() + "/" + String.format("%016x", number);
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.length() - 16), 16);
    }

    private static Origin origin(RecordMetadata metadata) {
        return new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    }
}

package millrace.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The requests in flight. Kafka Streams commits a request's offset as soon as the node returns, long before its upstreams have
 * answered; what makes it come back after a crash is its entry here, which is committed in the same transaction.
 *
 * <p>Store {@value #STORE}: key a number below the capacity, value an entry, or one zero byte where the number is free (a
 * delete would write a tombstone for each request and keep the store growing). Cached, so that only what is open at a commit reaches the
 * changelog. Written by the decision node. After a restore {@link #reopen} tells what was open.
 */
final class Journal {
    static final String STORE = "journal";

    private static final byte[] FREE = {0};
    private static final int MOST_BYTES = 900_000;

    private final KeyValueStore<Integer, byte[]> store;
    private final int capacity;
    private final Deque<Integer> freed = new ArrayDeque<>();
    private int fresh;
    private int depth;

    Journal(KeyValueStore<Integer, byte[]> store, int capacity) {
        this.store = store;
        this.capacity = capacity;
    }

    static StoreBuilder<KeyValueStore<Integer, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Integer(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** An entry that is open. */
    record Open(int number, JournalEntry entry) {}

    /** Reads the whole store, once, when the node begins. Entries beyond a capacity that was lowered are kept until freed. */
    List<Open> reopen() {
        List<Open> open = new ArrayList<>();
        try (KeyValueIterator<Integer, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<Integer, byte[]> row = rows.next();
                fresh = Math.max(fresh, row.key + 1);
                if (row.value.length > 1) {
                    open.add(new Open(row.key, JournalEntry.of(row.value)));
                    depth++;
                } else {
                    freed.push(row.key);
                }
            }
        }
        return open;
    }

    /** @return where the entry is, or nothing when the journal is full */
    Optional<Open> write(JournalEntry entry) {
        if (depth >= capacity) {
            return Optional.empty();
        }
        int number = freed.isEmpty() ? fresh++ : freed.pop();
        store.put(number, entry.bytes());
        depth++;
        return Optional.of(new Open(number, entry));
    }

    /**
     * The request has come further, and is still in flight. An entry that no broker would take is not written: a record over a
     * megabyte would end the thread again and again. After a crash such a request is decided anew as a whole.
     */
    void update(int number, JournalEntry entry) {
        byte[] bytes = entry.bytes();
        if (bytes.length <= MOST_BYTES) {
            store.put(number, bytes);
        }
    }

    void free(int number) {
        store.put(number, FREE);
        freed.push(number);
        depth--;
    }

    /** How many are open. */
    int depth() {
        return depth;
    }
}

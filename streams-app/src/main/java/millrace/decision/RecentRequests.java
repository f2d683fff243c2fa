package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Which requests were seen lately, so that a producer's retry gets no second decision.
 *
 * <p>Store {@value #STORE}, in memory: key user key and request id, value the request's time in milliseconds since 1970. Written by the decision
 * node in the transaction that commits the request's offset; {@link #tick} deletes what is older than the span. (A window store in
 * memory looks at every millisecond of its span for one key.) After a restore the order of age is read from the store.
 */
final class RecentRequests {
    static final String STORE = "recent-requests";

    private static final int FORGOTTEN_AT_ONCE = 2_000;

    private final KeyValueStore<String, Long> store;
    private final Duration span;
    private final Queue<Seen> byAge = new PriorityQueue<>(Comparator.comparingLong(Seen::millis));

    private record Seen(String key, long millis) {}

    RecentRequests(KeyValueStore<String, Long> store, Duration span) {
        this.store = store;
        this.span = span;
        try (KeyValueIterator<String, Long> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, Long> row = rows.next();
                byAge.add(new Seen(row.key, row.value));
            }
        }
    }

    static StoreBuilder<KeyValueStore<String, Long>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.Long());
    }

    /** @return false if the same user's request with this id was seen within the span before or after {@code at} */
    boolean add(String userKey, String requestId, Instant at) {
        String key = userKey + '\n' + requestId;
        long millis = at.toEpochMilli();
        Long seen = store.get(key);
        if (seen != null && Math.abs(millis - seen) <= span.toMillis()) {
            return false;
        }
        store.put(key, millis);
        byAge.add(new Seen(key, millis));
        return true;
    }

    /** Forgets what is older than the span; bounded, so that the thread is soon back. */
    void tick(Instant now) {
        long oldest = now.minus(span).toEpochMilli();
        for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
            Seen first = byAge.peek();
            if (first == null || first.millis() >= oldest) {
                return;
            }
            byAge.remove();
            Long stored = store.get(first.key());
            // The id may have come again since, and then counts from that time.
            if (stored != null && stored == first.millis()) {
                store.delete(first.key());
            }
        }
    }
}

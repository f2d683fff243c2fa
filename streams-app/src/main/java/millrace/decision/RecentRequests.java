package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import millrace.session.Origin;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Which requests were seen lately, so that a producer's retry gets no second decision.
 *
 * <p>Store {@value #STORE}, in memory: key user key and request id (refused requests apart), value {@link Sighting}: its time, and where
 * it stood. Written by the decision node in the transaction that commits the request's offset; {@link #tick} deletes what is older than
 * the span, and beyond {@value #MOST} of a partition those seen longest ago are forgotten sooner. (A window store in memory looks at every
 * millisecond of its span for one key; the other store in memory is a tree, whose comparisons were a tenth of a stream thread's work; this
 * one hashes.) After a restore the order of age is read from the store.
 */
final class RecentRequests {
    static final String STORE = "recent-requests";

    /** Two minutes of four thousand requests a second. */
    private static final int MOST = 500_000;

    private static final int FORGOTTEN_AT_ONCE = 2_000;

    private final KeyValueStore<String, Sighting> store;
    private final Duration span;
    private final Queue<Seen> byAge = new PriorityQueue<>(Comparator.comparingLong(Seen::millis));

    private record Seen(String key, long millis) {}

    RecentRequests(KeyValueStore<String, Sighting> store, Duration span) {
        this.store = store;
        this.span = span;
        try (KeyValueIterator<String, Sighting> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, Sighting> row = rows.next();
                byAge.add(new Seen(row.key, row.value.millis()));
            }
        }
    }

    static StoreBuilder<KeyValueStore<String, Sighting>> store() {
        return Stores.keyValueStoreBuilder(Stores.lruMap(STORE, MOST), Serdes.String(), Sighting.serde());
    }

    /** What is to be done with a request. */
    enum Verdict {
        /** Nobody has seen it. */
        NEW,
        /** The same user's request with this id was seen within the span before or after. */
        REPEATED,
        /**
         * It is the very record that was seen: it is read once more. Under {@code exactly_once_v2} that cannot be. Under
         * {@code at_least_once} a crash may have kept this row and lost what was made of the request.
         */
        REPLAYED
    }

    Verdict add(String userKey, String requestId, Instant at, Origin origin) {
        return add(userKey + '\n' + requestId, at, origin);
    }

    /** The same among requests that were refused: what is refused must not keep a mended one with its id from being decided. */
    Verdict addRefused(String answerKey, String requestId, Instant at, Origin origin) {
        return add(answerKey + "\nrefused\n" + requestId, at, origin);
    }

    private Verdict add(String key, Instant at, Origin origin) {
        Sighting now = Sighting.of(at, origin);
        Sighting seen = store.get(key);
        if (seen != null && Math.abs(now.millis() - seen.millis()) <= span.toMillis()) {
            return now.isOf(seen) ? Verdict.REPLAYED : Verdict.REPEATED;
        }
        store.put(key, now);
        byAge.add(new Seen(key, now.millis()));
        return Verdict.NEW;
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
            Sighting stored = store.get(first.key());
            // The id may have come again since, and then counts from that time.
            if (stored != null && stored.millis() == first.millis()) {
                store.delete(first.key());
            }
        }
    }
}

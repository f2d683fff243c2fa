package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Which requests were seen lately, so that a producer's retry gets no second decision.
 *
 * <p>Window store {@value #STORE}: key user key and request id, window the request's time, value one byte, retention twice the span.
 * Written by the decision node in the transaction that commits the request's offset.
 */
final class RecentRequests {
    static final String STORE = "recent-requests";

    private static final byte[] SEEN = {1};

    private final WindowStore<String, byte[]> store;
    private final Duration span;

    RecentRequests(WindowStore<String, byte[]> store, Duration span) {
        this.store = store;
        this.span = span;
    }

    static StoreBuilder<WindowStore<String, byte[]>> store(Duration span) {
        return Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore(STORE, span.multipliedBy(2), span, false),
                Serdes.String(),
                Serdes.ByteArray());
    }

    /** @return false if the same user's request with this id was seen within the span before or after {@code at} */
    boolean add(String userKey, String requestId, Instant at) {
        String key = userKey + '\n' + requestId;
        try (WindowStoreIterator<byte[]> seen = store.fetch(key, at.minus(span), at.plus(span))) {
            if (seen.hasNext()) {
                return false;
            }
        }
        store.put(key, SEEN, at.toEpochMilli());
        return true;
    }
}

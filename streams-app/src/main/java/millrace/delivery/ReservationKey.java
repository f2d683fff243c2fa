package millrace.delivery;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the reservations: expiry, then id, big-endian, so that the store's order is the order of time. */
final class ReservationKey {
    static final Bytes FIRST = of(0, 0);

    private ReservationKey() {}

    static Bytes of(Token token) {
        return of(token.expiresAt().toEpochMilli(), token.reservation());
    }

    /** The last key that may expire at a moment. */
    static Bytes lastAt(Instant moment) {
        return of(Math.max(0, moment.toEpochMilli()), -1L);
    }

    /** The first key that can come after another. */
    static Bytes after(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    static Token token(Bytes key, int partition) {
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        Instant expiresAt = Instant.ofEpochMilli(bytes.getLong());
        return new Token(partition, bytes.getLong(), expiresAt);
    }

    private static Bytes of(long expiryMillis, long id) {
        return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(expiryMillis)
                .putLong(id)
                .array());
    }
}

package millrace.decision;

import java.nio.ByteBuffer;
import java.time.Instant;
import millrace.session.Origin;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * When a request was seen, and where.
 *
 * @param millis the record's time, in milliseconds since 1970
 * @param topic hash of the topic's name
 * @param offset -1 where an earlier version did not write it
 */
record Sighting(long millis, int topic, int partition, long offset) {
    private static final int LENGTH = 2 * Long.BYTES + 2 * Integer.BYTES;
    private static final long UNKNOWN = -1;

    static Sighting of(Instant at, Origin origin) {
        return new Sighting(at.toEpochMilli(), origin.topic().hashCode(), origin.partition(), origin.offset());
    }

    /** Whether both are of one record. */
    boolean isOf(Sighting other) {
        return offset != UNKNOWN && offset == other.offset && partition == other.partition && topic == other.topic;
    }

    static Serde<Sighting> serde() {
        return Serdes.serdeFrom((name, sighting) -> write(sighting), (name, bytes) -> read(bytes));
    }

    private static byte @Nullable [] write(@Nullable Sighting sighting) {
        return sighting == null
                ? null
                : ByteBuffer.allocate(LENGTH)
                        .putLong(sighting.millis)
                        .putInt(sighting.topic)
                        .putInt(sighting.partition)
                        .putLong(sighting.offset)
                        .array();
    }

    private static @Nullable Sighting read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case Long.BYTES -> new Sighting(in.getLong(), 0, 0, UNKNOWN);
            case LENGTH -> new Sighting(in.getLong(), in.getInt(), in.getInt(), in.getLong());
            default ->
                throw new SerializationException(
                        "sighting of " + bytes.length + " bytes; known are " + Long.BYTES + " and " + LENGTH);
        };
    }
}

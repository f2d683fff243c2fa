package millrace.wire;

import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The wire format where Kafka wants a serde: stores, producers, the command line. A null stays a null (a tombstone).
 *
 * <p>The schema is that of the topic the serde was made for, whatever topic Kafka names: a store's changelog and a reply topic hold the
 * same records. Reading waits for an unknown schema, at most the registry's total timeout, so the source topics of the stream are read
 * with a {@link WireReader} instead. Safe for any thread.
 */
public final class WireSerde<T extends IndexedRecord> implements Serde<T> {

    private final ThreadLocal<WireWriter<T>> writer;
    private final ThreadLocal<WireReader<T>> reader;

    WireSerde(ThreadLocal<WireWriter<T>> writer, ThreadLocal<WireReader<T>> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> bytes(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> value(topic, bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's serializers take and give null, which their signatures do not say.
    private byte[] bytes(@Nullable T value) {
        return value == null ? null : writer.get().write(value);
    }

    @SuppressWarnings("NullAway") // As above.
    private T value(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return reader.get().readOrWait(bytes);
        } catch (MalformedRecordException | RegistryException e) {
            throw new SerializationException("record of topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }
}

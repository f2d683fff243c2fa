package millrace.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one topic in the wire format. Never asks the registry: the id is known from {@link Wire#register}. For one thread:
 * it reuses its buffer.
 */
public final class WireWriter<T extends IndexedRecord> {

    private final String topic;
    private final Schema schema;
    private final SchemaIds ids;
    private final DatumWriter<T> datumWriter;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private byte @Nullable [] header;
    private @Nullable BinaryEncoder encoder;

    WireWriter(String topic, Schema schema, GenericData model, SchemaIds ids) {
        this.topic = topic;
        this.schema = schema;
        this.ids = ids;
        @SuppressWarnings("unchecked") // The model writes records of its schema.
        DatumWriter<T> writer = model.createDatumWriter(schema);
        this.datumWriter = writer;
    }

    /**
     * @throws IllegalStateException if the topic's schema was not registered at start
     * @throws AvroRuntimeException if the record does not fit its schema, such as a null where none may be
     */
    public byte[] write(T value) {
        if (header == null) {
            header = WireFormat.header(ids.of(topic));
        }
        buffer.reset();
        buffer.writeBytes(header);
        // Unbuffered into memory: a record that fails half-way leaves nothing behind in the encoder.
        BinaryEncoder fresh = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
        encoder = fresh;
        try {
            datumWriter.write(value, fresh);
            fresh.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } catch (NullPointerException | ClassCastException e) {
            // Avro's way to say that a value does not fit its field.
            throw new AvroRuntimeException("record does not fit " + schema.getFullName() + ": " + e.getMessage(), e);
        }
        return buffer.toByteArray();
    }
}

package millrace.wire;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one type from the wire format, whatever compatible schema they were written with.
 *
 * <p>Remembers how to decode each writer's schema. For one thread: it reuses its decoder. Make one for each thread, they share the
 * registry's cache.
 */
public final class WireReader<T extends IndexedRecord> {

    private final SchemaRegistry registry;
    private final WireLimits limits;
    private final @Nullable Schema readerSchema;
    private final GenericData model;
    private final RecordDecoder decoder = new RecordDecoder();
    private final Map<Integer, WriterDecoding<T>> decodings = new HashMap<>();
    // The last one again: nearly all records of a topic have one schema, and a field is cheaper than a boxed key.
    private int lastId = -1;
    private @Nullable WriterDecoding<T> lastDecoding;

    private WireReader(SchemaRegistry registry, WireLimits limits, @Nullable Schema readerSchema, GenericData model) {
        this.registry = registry;
        this.limits = limits;
        this.readerSchema = readerSchema;
        this.model = model;
    }

    /** Of a generated class. */
    public static <T extends SpecificRecord> WireReader<T> of(
            Class<T> type, SchemaRegistry registry, WireLimits limits) {
        SpecificData model = RecordClasses.model(type);
        return new WireReader<>(registry, limits, model.getSchema(type), model);
    }

    /** Of a schema without a class. */
    public static WireReader<GenericRecord> of(Schema schema, SchemaRegistry registry, WireLimits limits) {
        return new WireReader<>(registry, limits, schema, GenericData.get());
    }

    /** Of whatever record is there, as it was written; for those who pass on what they do not know. */
    public static WireReader<GenericRecord> asWritten(SchemaRegistry registry, WireLimits limits) {
        return new WireReader<>(registry, limits, null, GenericData.get());
    }

    /**
     * Reads without ever waiting; for stream threads. Every byte sequence has an outcome, none throws.
     *
     * @param bytes a record's value, null for a record without one
     */
    public Reading<T> read(byte @Nullable [] bytes) {
        try {
            byte[] framed = framed(bytes);
            int id = WireFormat.schemaId(framed);
            WriterDecoding<T> decoding = remembered(id);
            if (decoding == null) {
                switch (registry.find(id)) {
                    case SchemaLookup.Pending() -> {
                        return new Reading.Pending<>(id);
                    }
                    case SchemaLookup.Unknown(var reason) -> {
                        return new Reading.Malformed<>(reason);
                    }
                    case SchemaLookup.Known(var schema) -> decoding = remember(id, schema);
                }
            }
            return new Reading.Value<>(decode(decoding, framed));
        } catch (MalformedRecordException e) {
            return new Reading.Malformed<>(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads, and waits for an unknown schema at most the registry's total timeout; for threads that may wait.
     *
     * @throws MalformedRecordException if the bytes are no such record
     * @throws RegistryException.Unavailable if the schema could not be had in that time; the same bytes may be read later
     * @throws RegistryException.Refused if the registry does not accept our credentials or URL
     */
    public T readOrWait(byte @Nullable [] bytes) throws MalformedRecordException {
        byte[] framed = framed(bytes);
        int id = WireFormat.schemaId(framed);
        WriterDecoding<T> decoding = remembered(id);
        if (decoding == null) {
            decoding = remember(id, waitedFor(id));
        }
        return decode(decoding, framed);
    }

    private Schema waitedFor(int id) throws MalformedRecordException {
        try {
            return registry.schemaById(id);
        } catch (RegistryException.Unknown e) {
            throw new MalformedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private byte[] framed(byte @Nullable [] bytes) throws MalformedRecordException {
        if (bytes == null) {
            throw new MalformedRecordException("no value");
        }
        if (bytes.length < WireFormat.HEADER_BYTES) {
            throw new MalformedRecordException("%d bytes are too few for a schema id".formatted(bytes.length));
        }
        if (bytes[0] != WireFormat.MAGIC) {
            throw new MalformedRecordException(
                    "first byte is %d, not 0 as in the wire format".formatted(bytes[0] & 0xff));
        }
        if (bytes.length > limits.recordBytes()) {
            throw new MalformedRecordException(
                    "%d bytes are more than the allowed %d".formatted(bytes.length, limits.recordBytes()));
        }
        if (WireFormat.schemaId(bytes) < 0) {
            throw new MalformedRecordException("schema id %d is negative".formatted(WireFormat.schemaId(bytes)));
        }
        return bytes;
    }

    private @Nullable WriterDecoding<T> remembered(int id) {
        if (id != lastId) {
            WriterDecoding<T> decoding = decodings.get(id);
            if (decoding == null) {
                return null;
            }
            lastId = id;
            lastDecoding = decoding;
        }
        return lastDecoding;
    }

    private WriterDecoding<T> remember(int id, Schema writer) {
        WriterDecoding<T> decoding =
                WriterDecoding.between(writer, readerSchema == null ? writer : readerSchema, model);
        decodings.put(id, decoding);
        return decoding;
    }

    private T decode(WriterDecoding<T> decoding, byte[] framed) throws MalformedRecordException {
        decoder.begin(framed, WireFormat.HEADER_BYTES, limits.items());
        try {
            return decoding.decode(decoder);
        } finally {
            decoder.end();
        }
    }
}

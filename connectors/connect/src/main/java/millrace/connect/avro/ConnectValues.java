package millrace.connect.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Connect's form of a value that Avro read. Generated records are taken too: their fields are the same. */
final class ConnectValues {
    private ConnectValues() {}

    /** @param avro the schema that {@code schema} was made of */
    static @Nullable Object of(Schema schema, org.apache.avro.Schema avro, @Nullable Object value) {
        if (avro.getType() == org.apache.avro.Schema.Type.UNION) {
            return ofUnion(schema, avro, value);
        }
        return switch (value) {
            case null -> throw new DataException("null where " + avro.getType() + " is");
            case IndexedRecord record -> struct(schema, avro, record);
            case Collection<?> items -> list(schema, avro, items);
            case Map<?, ?> entries -> map(schema, avro, entries);
            case ByteBuffer bytes -> bytes(schema, bytes);
            case GenericFixed fixed -> bytes(schema, ByteBuffer.wrap(fixed.bytes()));
            case Integer number -> integer(schema, number);
            case Long number ->
                Timestamp.LOGICAL_NAME.equals(schema.name()) ? Timestamp.toLogical(schema, number) : number;
            case Float number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            // Texts, and symbols of enums.
            default -> value.toString();
        };
    }

    private static @Nullable Object ofUnion(Schema schema, org.apache.avro.Schema avro, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        org.apache.avro.Schema branch;
        try {
            branch = avro.getTypes().get(GenericData.get().resolveUnion(avro, value));
        } catch (AvroRuntimeException e) {
            throw new DataException("value is of no branch of " + avro + ": " + e.getMessage(), e);
        }
        if (!Marks.UNION_NAME.equals(schema.name())) {
            return of(schema, branch, value);
        }
        Schema field = schema.field(branch.getFullName()).schema();
        return new Struct(schema).put(branch.getFullName(), of(field, branch, value));
    }

    private static Struct struct(Schema schema, org.apache.avro.Schema avro, IndexedRecord record) {
        Struct struct = new Struct(schema);
        for (org.apache.avro.Schema.Field field : avro.getFields()) {
            Schema type = schema.field(field.name()).schema();
            struct.put(field.name(), of(type, field.schema(), record.get(field.pos())));
        }
        return struct;
    }

    private static List<@Nullable Object> list(Schema schema, org.apache.avro.Schema avro, Collection<?> items) {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(of(schema.valueSchema(), avro.getElementType(), item)));
        return list;
    }

    private static Map<String, @Nullable Object> map(Schema schema, org.apache.avro.Schema avro, Map<?, ?> entries) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        entries.forEach((key, item) -> map.put(key.toString(), of(schema.valueSchema(), avro.getValueType(), item)));
        return map;
    }

    private static Object bytes(Schema schema, ByteBuffer bytes) {
        if (!Decimal.LOGICAL_NAME.equals(schema.name())) {
            return bytes.duplicate();
        }
        byte[] unscaled = new byte[bytes.remaining()];
        bytes.duplicate().get(unscaled);
        if (unscaled.length == 0) {
            throw new DataException("a decimal of no bytes");
        }
        return new BigDecimal(new BigInteger(unscaled), scale(schema));
    }

    static int scale(Schema schema) {
        return Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
    }

    private static Object integer(Schema schema, Integer number) {
        return switch (schema.name()) {
            case Date.LOGICAL_NAME -> Date.toLogical(schema, number);
            case Time.LOGICAL_NAME -> time(schema, number);
            case null, default -> number;
        };
    }

    private static Object time(Schema schema, int millis) {
        if (millis < 0 || millis >= 86_400_000) {
            throw new DataException("time of day is " + millis + " ms; allowed are 0 to 86399999");
        }
        return Time.toLogical(schema, millis);
    }
}

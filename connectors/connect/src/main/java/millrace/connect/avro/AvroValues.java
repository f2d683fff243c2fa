package millrace.connect.avro;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Avro's form of a value of Connect. */
final class AvroValues {
    private AvroValues() {}

    /** @param avro the schema that was made of {@code schema} */
    static @Nullable Object of(org.apache.avro.Schema avro, Schema schema, @Nullable Object value) {
        if (value == null) {
            if (!schema.isOptional()) {
                throw new DataException("null where a " + schema.type() + " has to be");
            }
            return null;
        }
        org.apache.avro.Schema type = branch(avro, schema);
        try {
            return switch (schema.type()) {
                case STRUCT ->
                    Marks.UNION_NAME.equals(schema.name())
                            ? chosen(type, (Struct) value)
                            : record(type, schema, (Struct) value);
                case ARRAY -> list(type, schema, (Collection<?>) value);
                case MAP -> map(type, schema, (Map<?, ?>) value);
                case STRING -> text(type, (String) value);
                case BYTES -> bytes(type, schema, value);
                case INT8, INT16, INT32 -> integer(schema, value);
                case INT64 -> value instanceof java.util.Date date ? Timestamp.fromLogical(schema, date) : (Long) value;
                case FLOAT32 -> (Float) value;
                case FLOAT64 -> (Double) value;
                case BOOLEAN -> (Boolean) value;
            };
        } catch (ClassCastException e) {
            throw new DataException(
                    "a " + value.getClass().getSimpleName() + " where a " + schema.type() + " has to be", e);
        }
    }

    /** Of a union with null, what is not null. */
    private static org.apache.avro.Schema branch(org.apache.avro.Schema avro, Schema schema) {
        if (avro.getType() != org.apache.avro.Schema.Type.UNION || Marks.UNION_NAME.equals(schema.name())) {
            return avro;
        }
        return avro.getTypes().stream()
                .filter(type -> type.getType() != org.apache.avro.Schema.Type.NULL)
                .findFirst()
                .orElseThrow(() -> new DataException("a union of nothing"));
    }

    private static Object chosen(org.apache.avro.Schema union, Struct struct) {
        List<Field> set = struct.schema().fields().stream()
                .filter(field -> struct.get(field) != null)
                .toList();
        if (set.size() != 1) {
            throw new DataException("one branch of a union has to be set; " + set.size() + " are");
        }
        Field field = set.getFirst();
        return union.getTypes().stream()
                .filter(type -> type.getFullName().equals(field.name()))
                .findFirst()
                .map(type -> of(type, field.schema(), struct.get(field)))
                .orElseThrow(() -> new DataException("union has no branch " + field.name()));
    }

    private static GenericData.Record record(org.apache.avro.Schema avro, Schema schema, Struct struct) {
        GenericData.Record record = new GenericData.Record(avro);
        for (Field field : schema.fields()) {
            try {
                record.put(field.name(), of(avro.getField(field.name()).schema(), field.schema(), struct.get(field)));
            } catch (DataException e) {
                throw new DataException(field.name() + ": " + e.getMessage(), e);
            }
        }
        return record;
    }

    private static List<@Nullable Object> list(org.apache.avro.Schema avro, Schema schema, Collection<?> items) {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(of(avro.getElementType(), schema.valueSchema(), item)));
        return list;
    }

    private static Map<String, @Nullable Object> map(org.apache.avro.Schema avro, Schema schema, Map<?, ?> entries) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        entries.forEach((key, item) -> map.put((String) key, of(avro.getValueType(), schema.valueSchema(), item)));
        return map;
    }

    private static Object text(org.apache.avro.Schema avro, String text) {
        if (avro.getType() != org.apache.avro.Schema.Type.ENUM) {
            return text;
        }
        if (!avro.hasEnumSymbol(text)) {
            throw new DataException(
                    "'" + text + "' is no " + avro.getName() + "; allowed are " + avro.getEnumSymbols());
        }
        return new GenericData.EnumSymbol(avro, text);
    }

    private static Object bytes(org.apache.avro.Schema avro, Schema schema, Object value) {
        ByteBuffer bytes = switch (value) {
            case BigDecimal decimal -> ByteBuffer.wrap(unscaled(avro, schema, decimal));
            case ByteBuffer buffer -> buffer.duplicate();
            default -> ByteBuffer.wrap((byte[]) value);
        };
        if (avro.getType() != org.apache.avro.Schema.Type.FIXED) {
            return bytes;
        }
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        if (exact.length != avro.getFixedSize()) {
            throw new DataException(exact.length + " bytes where " + avro.getFixedSize() + " have to be");
        }
        return new GenericData.Fixed(avro, exact);
    }

    /** Exact or refused: an amount is never rounded. */
    private static byte[] unscaled(org.apache.avro.Schema avro, Schema schema, BigDecimal decimal) {
        int scale = ConnectValues.scale(schema);
        if (decimal.scale() > scale && decimal.stripTrailingZeros().scale() > scale) {
            throw new DataException(decimal + " has more than " + scale + " decimals");
        }
        BigDecimal scaled = decimal.setScale(scale);
        if (avro.getLogicalType() instanceof LogicalTypes.Decimal type && scaled.precision() > type.getPrecision()) {
            throw new DataException(decimal + " has more than " + type.getPrecision() + " digits");
        }
        byte[] bytes = scaled.unscaledValue().toByteArray();
        return avro.getType() == org.apache.avro.Schema.Type.FIXED ? padded(bytes, avro.getFixedSize()) : bytes;
    }

    /** Two's complement, longer: filled with the sign. */
    private static byte[] padded(byte[] bytes, int size) {
        if (bytes.length >= size) {
            return bytes;
        }
        byte[] padded = new byte[size];
        Arrays.fill(padded, 0, size - bytes.length, (byte) (bytes[0] < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, size - bytes.length, bytes.length);
        return padded;
    }

    private static Object integer(Schema schema, Object value) {
        return switch (value) {
            case java.util.Date date when Date.LOGICAL_NAME.equals(schema.name()) -> Date.fromLogical(schema, date);
            case java.util.Date time -> Time.fromLogical(schema, time);
            default -> ((Number) value).intValue();
        };
    }
}

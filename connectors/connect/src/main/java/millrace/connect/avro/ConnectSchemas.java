package millrace.connect.avro;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.SchemaBuilderException;

/**
 * The Connect schema of an Avro schema, made once for each.
 *
 * <pre>
 * record, enum, fixed      STRUCT, STRING, BYTES under the full name
 * [null, X]                X, optional
 * any other union          STRUCT with an optional field for each branch
 * decimal                  Decimal: exact
 * date, time, timestamp    Date, Time, Timestamp when in milliseconds; else the number, marked
 * uuid                     STRING, marked
 * </pre>
 *
 * Everything else is what it is. The default of a field that is a record is left out. For one thread.
 */
final class ConnectSchemas {
    private final Map<org.apache.avro.Schema, Schema> made = new HashMap<>();
    private int types;

    /** @throws DataException if Connect has nothing for it */
    Schema of(org.apache.avro.Schema avro) {
        Schema known = made.get(avro);
        if (known == null) {
            types = 0;
            try {
                known = builder(avro).build();
            } catch (SchemaBuilderException | AvroRuntimeException e) {
                throw new DataException(
                        "schema of " + avro.getFullName() + " has no counterpart: " + e.getMessage(), e);
            }
            made.put(avro, known);
        }
        return known;
    }

    private SchemaBuilder builder(org.apache.avro.Schema avro) {
        if (++types > Marks.MOST_TYPES) {
            throw new DataException("schema has more than " + Marks.MOST_TYPES + " types");
        }
        return switch (avro.getType()) {
            case RECORD -> record(avro);
            case ENUM -> enumeration(avro);
            case FIXED -> fixed(avro);
            case ARRAY -> SchemaBuilder.array(builder(avro.getElementType()).build());
            case MAP ->
                SchemaBuilder.map(
                        Schema.STRING_SCHEMA, builder(avro.getValueType()).build());
            case UNION -> union(avro);
            case STRING -> marked(SchemaBuilder.string(), avro);
            case BYTES -> bytes(avro, SchemaBuilder.bytes());
            case INT -> integer(avro);
            case LONG ->
                avro.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? Timestamp.builder()
                        : marked(SchemaBuilder.int64(), avro);
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case NULL -> throw new DataException("a null stands alone; it can only be a branch of a union");
        };
    }

    private SchemaBuilder record(org.apache.avro.Schema avro) {
        SchemaBuilder struct = named(SchemaBuilder.struct(), avro);
        avro.getFields().forEach(field -> struct.field(field.name(), field(field)));
        return struct;
    }

    private Schema field(org.apache.avro.Schema.Field field) {
        SchemaBuilder builder = builder(field.schema());
        if (field.doc() != null) {
            builder.doc(field.doc());
        }
        boolean nullable = field.schema().isNullable();
        if (!field.hasDefaultValue()) {
            return nullable ? builder.parameter(Marks.UNION, Marks.NO_DEFAULT).build() : builder.build();
        }
        if (nullable && !field.defaultVal().equals(JsonProperties.NULL_VALUE)) {
            builder.parameter(Marks.UNION, Marks.NULL_LAST);
        }
        Object value = GenericData.get().getDefaultValue(field);
        // Connect compares the default of a struct with a schema that is still being built, and never finds them equal.
        if (value != null && builder.type() != Schema.Type.STRUCT) {
            Schema bare = builder.build();
            builder.defaultValue(ConnectValues.of(bare, field.schema(), value));
        }
        return builder.build();
    }

    private static SchemaBuilder enumeration(org.apache.avro.Schema avro) {
        SchemaBuilder text =
                named(SchemaBuilder.string(), avro).parameter(Marks.SYMBOLS, String.join(",", avro.getEnumSymbols()));
        return avro.getEnumDefault() == null ? text : text.parameter(Marks.SYMBOL_DEFAULT, avro.getEnumDefault());
    }

    private static SchemaBuilder fixed(org.apache.avro.Schema avro) {
        SchemaBuilder bytes = SchemaBuilder.bytes().parameter(Marks.FIXED, Integer.toString(avro.getFixedSize()));
        return avro.getLogicalType() == null
                ? named(bytes, avro)
                : bytes(avro, bytes).parameter(Marks.FIXED, avro.getFixedSize() + "," + avro.getFullName());
    }

    private static SchemaBuilder bytes(org.apache.avro.Schema avro, SchemaBuilder plain) {
        return avro.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? Decimal.builder(decimal.getScale())
                        .parameter(Marks.PRECISION, Integer.toString(decimal.getPrecision()))
                : marked(plain, avro);
    }

    private static SchemaBuilder integer(org.apache.avro.Schema avro) {
        return switch (avro.getLogicalType()) {
            case LogicalTypes.Date _ -> Date.builder();
            case LogicalTypes.TimeMillis _ -> Time.builder();
            case null, default -> marked(SchemaBuilder.int32(), avro);
        };
    }

    private SchemaBuilder union(org.apache.avro.Schema avro) {
        List<org.apache.avro.Schema> branches = avro.getTypes().stream()
                .filter(branch -> branch.getType() != org.apache.avro.Schema.Type.NULL)
                .toList();
        boolean nullable = avro.isNullable();
        if (branches.size() == 1 && nullable) {
            return builder(branches.getFirst()).optional();
        }
        SchemaBuilder struct = SchemaBuilder.struct().name(Marks.UNION_NAME);
        branches.forEach(branch ->
                struct.field(branch.getFullName(), builder(branch).optional().build()));
        return nullable ? struct.optional() : struct;
    }

    private static SchemaBuilder named(SchemaBuilder builder, org.apache.avro.Schema avro) {
        builder.name(avro.getFullName());
        return avro.getDoc() == null ? builder : builder.parameter(Marks.TYPE_DOC, avro.getDoc());
    }

    private static SchemaBuilder marked(SchemaBuilder builder, org.apache.avro.Schema avro) {
        LogicalType logical = avro.getLogicalType();
        return logical == null ? builder : builder.parameter(Marks.LOGICAL, Objects.requireNonNull(logical.getName()));
    }
}

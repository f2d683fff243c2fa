package millrace.connect.avro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The Avro schema of a Connect schema, made once for each: the one that it was made of, if it was (see {@link ConnectSchemas}). A struct
 * without a name gets one of where it stands. For one thread.
 */
final class AvroSchemas {
    private static final int MOST_PRECISION = 38;

    private final Map<Schema, org.apache.avro.Schema> made = new HashMap<>();
    private final Map<String, org.apache.avro.Schema> named = new HashMap<>();
    private int types;

    /** @throws DataException if Avro has nothing for it */
    org.apache.avro.Schema of(Schema connect) {
        org.apache.avro.Schema known = made.get(connect);
        if (known == null) {
            types = 0;
            named.clear();
            try {
                known = bare(connect, "ConnectRecord");
            } catch (AvroRuntimeException e) {
                throw new DataException("schema " + connect.name() + " has no counterpart: " + e.getMessage(), e);
            }
            made.put(connect, known);
        }
        return known;
    }

    /** @param place a name for what has none */
    private org.apache.avro.Schema nullable(Schema connect, String place) {
        org.apache.avro.Schema bare = bare(connect, place);
        if (!connect.isOptional()) {
            return bare;
        }
        org.apache.avro.Schema none = org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL);
        boolean nullLast = connect.defaultValue() != null || Marks.NULL_LAST.equals(mark(connect, Marks.UNION));
        List<org.apache.avro.Schema> branches =
                new ArrayList<>(bare.getType() == org.apache.avro.Schema.Type.UNION ? bare.getTypes() : List.of(bare));
        branches.add(nullLast ? branches.size() : 0, none);
        return org.apache.avro.Schema.createUnion(branches);
    }

    private org.apache.avro.Schema bare(Schema connect, String place) {
        if (++types > Marks.MOST_TYPES) {
            throw new DataException("schema has more than " + Marks.MOST_TYPES + " types");
        }
        return switch (connect.type()) {
            case STRUCT -> Marks.UNION_NAME.equals(connect.name()) ? union(connect, place) : record(connect, place);
            case ARRAY -> org.apache.avro.Schema.createArray(nullable(connect.valueSchema(), place + "_item"));
            case MAP -> map(connect, place);
            case STRING -> text(connect);
            case BYTES -> bytes(connect);
            case INT8, INT16, INT32 -> integer(connect);
            case INT64 ->
                Timestamp.LOGICAL_NAME.equals(connect.name())
                        ? LogicalTypes.timestampMillis().addToSchema(create(org.apache.avro.Schema.Type.LONG))
                        : marked(create(org.apache.avro.Schema.Type.LONG), connect);
            case FLOAT32 -> create(org.apache.avro.Schema.Type.FLOAT);
            case FLOAT64 -> create(org.apache.avro.Schema.Type.DOUBLE);
            case BOOLEAN -> create(org.apache.avro.Schema.Type.BOOLEAN);
        };
    }

    private org.apache.avro.Schema record(Schema connect, String place) {
        String name = connect.name() == null ? place : connect.name();
        List<org.apache.avro.Schema.Field> fields = new ArrayList<>();
        for (Field field : connect.fields()) {
            fields.add(field(field, name));
        }
        return once(org.apache.avro.Schema.createRecord(name, mark(connect, Marks.TYPE_DOC), null, false, fields));
    }

    private org.apache.avro.Schema.Field field(Field field, String record) {
        Schema connect = field.schema();
        String simple = record.substring(record.lastIndexOf('.') + 1);
        org.apache.avro.Schema avro = nullable(connect, simple + "_" + field.name());
        return new org.apache.avro.Schema.Field(field.name(), avro, connect.doc(), preset(connect, avro));
    }

    private static @Nullable Object preset(Schema connect, org.apache.avro.Schema avro) {
        if (connect.defaultValue() != null) {
            org.apache.avro.Schema first = avro.getType() == org.apache.avro.Schema.Type.UNION
                    ? avro.getTypes().getFirst()
                    : avro;
            return Presets.of(AvroValues.of(first, connect, connect.defaultValue()));
        }
        boolean none = Marks.NO_DEFAULT.equals(mark(connect, Marks.UNION));
        return connect.isOptional() && !none ? JsonProperties.NULL_VALUE : null;
    }

    private org.apache.avro.Schema union(Schema connect, String place) {
        List<org.apache.avro.Schema> branches = new ArrayList<>();
        connect.fields().forEach(field -> branches.add(bare(field.schema(), place + "_" + field.name())));
        return org.apache.avro.Schema.createUnion(branches);
    }

    private org.apache.avro.Schema map(Schema connect, String place) {
        if (connect.keySchema().type() != Schema.Type.STRING) {
            throw new DataException(
                    place + " is a map by " + connect.keySchema().type() + "; Avro has maps by STRING");
        }
        return org.apache.avro.Schema.createMap(nullable(connect.valueSchema(), place + "_value"));
    }

    private org.apache.avro.Schema text(Schema connect) {
        String symbols = mark(connect, Marks.SYMBOLS);
        return symbols == null
                ? marked(create(org.apache.avro.Schema.Type.STRING), connect)
                : once(org.apache.avro.Schema.createEnum(
                        connect.name(),
                        mark(connect, Marks.TYPE_DOC),
                        null,
                        Arrays.asList(symbols.split(",", -1)),
                        mark(connect, Marks.SYMBOL_DEFAULT)));
    }

    private org.apache.avro.Schema bytes(Schema connect) {
        String fixed = mark(connect, Marks.FIXED);
        org.apache.avro.Schema bytes = create(org.apache.avro.Schema.Type.BYTES);
        if (fixed != null) {
            String[] sizeAndName = fixed.split(",", 2);
            String name = sizeAndName.length == 2 ? sizeAndName[1] : connect.name();
            bytes = once(org.apache.avro.Schema.createFixed(
                    name, mark(connect, Marks.TYPE_DOC), null, Integer.parseInt(sizeAndName[0])));
        }
        if (!Decimal.LOGICAL_NAME.equals(connect.name())) {
            return marked(bytes, connect);
        }
        String precision = mark(connect, Marks.PRECISION);
        int scale = ConnectValues.scale(connect);
        int digits = precision == null ? Math.max(MOST_PRECISION, scale) : Integer.parseInt(precision);
        return LogicalTypes.decimal(digits, scale).addToSchema(bytes);
    }

    private static org.apache.avro.Schema integer(Schema connect) {
        org.apache.avro.Schema number = create(org.apache.avro.Schema.Type.INT);
        return switch (connect.name()) {
            case Date.LOGICAL_NAME -> LogicalTypes.date().addToSchema(number);
            case Time.LOGICAL_NAME -> LogicalTypes.timeMillis().addToSchema(number);
            case null, default -> marked(number, connect);
        };
    }

    /** Avro writes a named type once and then its name, so one name must not mean two types. */
    private org.apache.avro.Schema once(org.apache.avro.Schema type) {
        org.apache.avro.Schema first = named.putIfAbsent(type.getFullName(), type);
        if (first != null && !first.equals(type)) {
            throw new DataException(type.getFullName() + " is the name of two different types");
        }
        return first == null ? type : first;
    }

    private static org.apache.avro.Schema marked(org.apache.avro.Schema avro, Schema connect) {
        String logical = mark(connect, Marks.LOGICAL);
        if (logical != null) {
            avro.addProp("logicalType", logical);
        }
        return avro;
    }

    private static org.apache.avro.Schema create(org.apache.avro.Schema.Type type) {
        return org.apache.avro.Schema.create(type);
    }

    private static @Nullable String mark(Schema connect, String name) {
        return connect.parameters() == null ? null : connect.parameters().get(name);
    }
}

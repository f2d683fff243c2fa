package millrace.gateway.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.check.Faults;
import millrace.wire.RecordClasses;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects as records of one schema, their fields by the schema's names. Avro's own JSON wants every field, and unions tagged; this is what a
 * person writes: fields that have a default may be left out, and null stands for absent. Everything that is wrong is told at once. Safe for any thread.
 */
final class JsonRecords<T extends SpecificRecord> {
    private static final int DEEPEST = 32;
    private static final int SHOWN_NAMES = 10;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Class<T> type;
    private final SpecificData model;
    private final List<String> mayBeMissing;

    /** @param mayBeMissing texts at the top that are empty where they are missing, although the schema has no default */
    JsonRecords(Class<T> type, List<String> mayBeMissing) {
        this.type = type;
        RecordClasses.trust(type);
        this.model = SpecificData.getForClass(type);
        this.mayBeMissing = mayBeMissing;
    }

    Checked<T> read(byte[] bytes) {
        JsonNode tree;
        try {
            tree = mapper.readTree(bytes);
        } catch (JsonProcessingException e) {
            return new Checked.Invalid<>(new Fault("", "body is not JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
        if (!tree.isObject()) {
            return new Checked.Invalid<>(new Fault("", "body is not a JSON object"));
        }
        Faults faults = new Faults();
        Object value = record(tree, model.getSchema(type), faults, mayBeMissing);
        return faults.orValid(() -> type.cast(value));
    }

    private Object record(JsonNode object, Schema schema, Faults faults, List<String> optional) {
        SpecificRecord made = (SpecificRecord) model.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode given = object.get(field.name());
            boolean absent = given == null || given.isNull();
            if (!absent) {
                Object value = value(given, field.schema(), faults, field.name());
                if (value != null) {
                    made.put(field.pos(), value);
                }
            } else if (field.hasDefaultValue()) {
                made.put(field.pos(), model.deepCopy(field.schema(), model.getDefaultValue(field)));
            } else if (optional.contains(field.name())) {
                made.put(field.pos(), "");
            } else {
                faults.add(field.name(), "is missing");
            }
        }
        unknown(object, schema, faults);
        return made;
    }

    private static void unknown(JsonNode object, Schema schema, Faults faults) {
        object.fieldNames().forEachRemaining(name -> {
            if (schema.getField(name) == null) {
                faults.add(Lines.shown(name), "is no field of " + schema.getName() + "; " + nearest(schema));
            }
        });
    }

    private static String nearest(Schema schema) {
        TreeSet<String> names = new TreeSet<>();
        schema.getFields().forEach(field -> names.add(field.name()));
        return names.size() <= SHOWN_NAMES ? "allowed are " + String.join(", ", names) : "see its schema";
    }

    /** Null after a fault. */
    private @Nullable Object value(JsonNode node, Schema schema, Faults faults, String name) {
        return switch (schema.getType()) {
            case UNION -> value(node, present(schema), faults, name);
            case RECORD ->
                node.isObject()
                        ? record(node, schema, faults.in(name), List.of())
                        : fault(faults, name, node, "an object");
            case ARRAY -> node.isArray() ? array(node, schema, faults, name) : fault(faults, name, node, "an array");
            case MAP -> node.isObject() ? map(node, schema, faults, name) : fault(faults, name, node, "an object");
            case STRING -> node.isTextual() ? node.textValue() : fault(faults, name, node, "a text");
            case INT ->
                node.canConvertToExactIntegral() && node.canConvertToInt()
                        ? (Object) node.intValue()
                        : fault(faults, name, node, "a whole number");
            case LONG ->
                node.canConvertToExactIntegral() && node.canConvertToLong()
                        ? (Object) node.longValue()
                        : fault(faults, name, node, "a whole number");
            case DOUBLE -> node.isNumber() ? (Object) node.doubleValue() : fault(faults, name, node, "a number");
            case BOOLEAN ->
                node.isBoolean() ? (Object) node.booleanValue() : fault(faults, name, node, "true or false");
            case ENUM ->
                node.isTextual() && schema.hasEnumSymbol(node.textValue())
                        ? model.createEnum(node.textValue(), schema)
                        : fault(faults, name, node, String.join(" or ", schema.getEnumSymbols()));
            default ->
                throw new IllegalStateException("schema type " + schema.getType() + " is in none of our records");
        };
    }

    /** What may stand there beside null. */
    private static Schema present(Schema union) {
        return union.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private List<Object> array(JsonNode node, Schema schema, Faults faults, String name) {
        List<Object> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            Object item = value(node.get(i), schema.getElementType(), faults, name + "[" + i + "]");
            if (item != null) {
                list.add(item);
            }
        }
        return list;
    }

    private Map<String, Object> map(JsonNode node, Schema schema, Faults faults, String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            Object item = value(
                    entry.getValue(), schema.getValueType(), faults, name + "[" + Lines.shown(entry.getKey()) + "]");
            if (item != null) {
                map.put(entry.getKey(), item);
            }
        });
        return map;
    }

    private static @Nullable Object fault(Faults faults, String name, JsonNode node, String allowed) {
        faults.add(name, "is " + Lines.shown(node.toString()) + "; allowed is " + allowed);
        return null;
    }
}

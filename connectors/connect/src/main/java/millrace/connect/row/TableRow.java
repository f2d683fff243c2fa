package millrace.connect.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of a record: names in snake_case, the fields of records within it beside the others under both names, lists and maps as
 * JSON, symbols as texts. Numbers are as they were: an amount stays a whole number of nanos. User keys become {@link Pseudonyms}.
 * Tombstones pass.
 */
public final class TableRow<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String HASHED = "fields.hashed";
    private static final String SECRET = "hash.secret";
    private static final String LEFT_OUT = "fields.left.out";
    private static final String KEY_COLUMN = "key.column";

    /** Name by which Debezium's JDBC sink knows a text that is JSON. */
    private static final String JSON_NAME = "io.debezium.data.Json";

    private static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    HASHED,
                    ConfigDef.Type.LIST,
                    List.of(),
                    ConfigDef.Importance.HIGH,
                    "Fields that name a user, by their names in the record; their pseudonyms are written.")
            .define(
                    SECRET,
                    ConfigDef.Type.PASSWORD,
                    "",
                    ConfigDef.Importance.HIGH,
                    "Secret of the pseudonyms, at least 16 characters; needed with " + HASHED + ".")
            .define(
                    LEFT_OUT,
                    ConfigDef.Type.LIST,
                    List.of(),
                    ConfigDef.Importance.LOW,
                    "Fields of the record that the row does not have.")
            .define(
                    KEY_COLUMN,
                    ConfigDef.Type.STRING,
                    "",
                    ConfigDef.Importance.LOW,
                    "Name of a column for the record's key, which is a text; none when empty.");

    /** One column: how a record leads to it. */
    private record Column(String name, Schema schema, List<Field> path, boolean hashed) {}

    private record Table(Schema schema, List<Column> columns) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Schema, Table> tables = new HashMap<>();
    private Set<String> hashed = Set.of();
    private Set<String> leftOut = Set.of();
    private String keyColumn = "";
    private @Nullable Pseudonyms pseudonyms;

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        AbstractConfig config = new AbstractConfig(CONFIG, configs);
        hashed = Set.copyOf(config.getList(HASHED));
        leftOut = Set.copyOf(config.getList(LEFT_OUT));
        keyColumn = config.getString(KEY_COLUMN);
        if (!hashed.isEmpty()) {
            pseudonyms = new Pseudonyms(SECRET, config.getPassword(SECRET).value());
        }
    }

    @Override
    public R apply(R record) {
        if (record.value() == null) {
            return record;
        }
        if (!(record.value() instanceof Struct struct)) {
            throw new DataException("value is no record, so no row can be made of it");
        }
        Table table = tables.computeIfAbsent(struct.schema(), this::table);
        Struct row = new Struct(table.schema());
        table.columns().forEach(column -> row.put(column.name(), value(column, struct)));
        if (!keyColumn.isEmpty()) {
            row.put(keyColumn, String.valueOf(record.key()));
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                table.schema(),
                row,
                record.timestamp());
    }

    private Table table(Schema record) {
        List<Column> columns = new ArrayList<>();
        collect(record, List.of(), "", false, columns);
        SchemaBuilder schema = SchemaBuilder.struct();
        if (!keyColumn.isEmpty()) {
            schema.field(keyColumn, Schema.STRING_SCHEMA);
        }
        columns.forEach(column -> schema.field(column.name(), column.schema()));
        return new Table(schema.build(), columns);
    }

    private void collect(Schema record, List<Field> before, String prefix, boolean optional, List<Column> columns) {
        for (Field field : record.fields()) {
            if (before.isEmpty() && leftOut.contains(field.name())) {
                continue;
            }
            List<Field> path = new ArrayList<>(before);
            path.add(field);
            String name = prefix + snakeCase(field.name());
            boolean absent = optional || field.schema().isOptional();
            if (field.schema().type() == Schema.Type.STRUCT) {
                collect(field.schema(), path, name + "_", absent, columns);
            } else {
                columns.add(new Column(
                        name, column(field.schema(), absent), path, before.isEmpty() && hashed.contains(field.name())));
            }
        }
    }

    private static Schema column(Schema field, boolean optional) {
        SchemaBuilder builder = switch (field.type()) {
            case ARRAY, MAP -> SchemaBuilder.string().name(JSON_NAME);
            case STRING -> SchemaBuilder.string();
            default -> {
                SchemaBuilder same = new SchemaBuilder(field.type());
                if (field.name() != null) {
                    same.name(field.name());
                }
                yield field.parameters() == null ? same : same.parameters(field.parameters());
            }
        };
        return optional ? builder.optional().build() : builder.build();
    }

    private @Nullable Object value(Column column, Struct record) {
        Object value = record;
        for (Field field : column.path()) {
            if (value == null) {
                return null;
            }
            value = ((Struct) value).get(field);
        }
        if (column.hashed() && value instanceof String userKey && pseudonyms != null) {
            return pseudonyms.of(userKey);
        }
        return JSON_NAME.equals(column.schema().name()) && value != null ? asJson(value) : value;
    }

    private String asJson(Object value) {
        try {
            return json.writeValueAsString(Plain.of(value));
        } catch (JsonProcessingException e) {
            throw new DataException("a list or map cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** {@code priceCpmMicros} is {@code price_cpm_micros}. */
    private static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (Character.isUpperCase(letter) && i > 0) {
                snake.append('_');
            }
            snake.append(letter);
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}

package millrace.connect.campaign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import millrace.catalog.CatalogReader;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Durations;
import millrace.connect.avro.Records;
import millrace.schemas.Campaign;
import millrace.schemas.DeadLetter;
import millrace.wire.RecordClasses;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes a campaign of a changed row. In: Debezium's record of a row of a table with a text column {@code id} and a JSON column
 * {@code campaign}. Out, on {@code campaigns}: the campaign under its id, or for a deleted row the tombstone that ends it. A row that
 * holds no valid campaign becomes a dead letter, and what was there before stays: the next row is read.
 *
 * <p>Rows come again after a crash; a campaign that is said twice is the same campaign. What is no change of a row (Debezium's
 * heartbeats) passes.
 */
public final class CampaignRow<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String CAMPAIGNS = "campaigns.topic";
    private static final String DEAD_LETTERS = "dead.letters.topic";
    private static final String MAX_WINDOW = "caps.max.window";
    private static final String TIMEOUT = "upstream.timeout";
    private static final int MOST_BYTES = 262_144;
    private static final int MOST_MESSAGE = 32_768;

    /** What Debezium says instead of a large column that did not change. */
    private static final String UNCHANGED = "__debezium_unavailable_value";

    private static final ConfigDef CONFIG = new ConfigDef()
            .define(CAMPAIGNS, ConfigDef.Type.STRING, "campaigns", ConfigDef.Importance.HIGH, "Where campaigns go.")
            .define(
                    DEAD_LETTERS,
                    ConfigDef.Type.STRING,
                    "dead-letters",
                    ConfigDef.Importance.HIGH,
                    "Where rows go that hold no valid campaign.")
            .define(
                    MAX_WINDOW,
                    ConfigDef.Type.STRING,
                    "31d",
                    ConfigDef.Importance.MEDIUM,
                    "As the pipelines' setting of this name: the longest window of a cap.")
            .define(
                    TIMEOUT,
                    ConfigDef.Type.STRING,
                    "250ms",
                    ConfigDef.Importance.LOW,
                    "As the pipelines' setting of this name.");

    static {
        RecordClasses.trust(Campaign.class);
    }

    private final Records records = new Records();
    private RowReader rows = new RowReader(new CatalogReader(Durations.parse("31d"), Durations.parse("250ms")));
    private String campaigns = "campaigns";
    private String deadLetters = "dead-letters";

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        AbstractConfig config = new AbstractConfig(CONFIG, configs);
        campaigns = config.getString(CAMPAIGNS);
        deadLetters = config.getString(DEAD_LETTERS);
        try {
            rows = new RowReader(new CatalogReader(
                    Durations.parse(config.getString(MAX_WINDOW)), Durations.parse(config.getString(TIMEOUT))));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(MAX_WINDOW + ", " + TIMEOUT + ": " + e.getMessage());
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Connect leaves a record out when this is null.
    public R apply(R record) {
        if (!(record.value() instanceof Struct change) || change.schema().field("op") == null) {
            return record;
        }
        if (change.get("after") instanceof Struct after) {
            String id = text(after, "id");
            String json = text(after, "campaign");
            return json.equals(UNCHANGED) ? null : put(record, change, id, json);
        }
        return change.get("before") instanceof Struct before ? tombstone(record, text(before, "id")) : null;
    }

    private R put(R record, Struct change, String id, String json) {
        return switch (rows.read(id, json)) {
            case Checked.Valid<Campaign>(Campaign campaign) -> record(record, campaigns, id, campaign);
            case Checked.Invalid<Campaign>(List<Fault> faults) -> {
                DeadLetter letter = letter(record.topic(), change, id, json, faults);
                String origin = letter.getTopic() + "-" + letter.getPartition() + "-" + letter.getOffset();
                yield record(record, deadLetters, origin, letter);
            }
        };
    }

    private R record(R origin, String topic, String key, SpecificRecord value) {
        SchemaAndValue struct = records.struct(value);
        return origin.newRecord(
                topic, null, Schema.STRING_SCHEMA, key, struct.schema(), struct.value(), origin.timestamp());
    }

    private R tombstone(R origin, String id) {
        return origin.newRecord(campaigns, null, Schema.STRING_SCHEMA, id, null, null, origin.timestamp());
    }

    /** A row has no offset; its place in the database's log is as good. */
    private static DeadLetter letter(String topic, Struct change, String id, String json, List<Fault> faults) {
        String message = faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return DeadLetter.newBuilder()
                .setReason("catalog_refused")
                .setMessage(message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) : message)
                .setStage("connect")
                .setTopic(topic)
                .setPartition(0)
                .setOffset(number(change.getStruct("source"), "lsn"))
                .setTimestamp(number(change.getStruct("source"), "ts_ms"))
                .setKey(ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)))
                .setValue(ByteBuffer.wrap(value.length > MOST_BYTES ? Arrays.copyOf(value, MOST_BYTES) : value))
                .setTruncated(value.length > MOST_BYTES)
                .build();
    }

    private static long number(@Nullable Struct source, String name) {
        return source != null && source.schema().field(name) != null && source.get(name) instanceof Number number
                ? number.longValue()
                : 0;
    }

    private static String text(Struct row, String column) {
        if (row.schema().field(column) == null) {
            throw new DataException("the table has no column " + column);
        }
        return Objects.toString(row.get(column), "");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}

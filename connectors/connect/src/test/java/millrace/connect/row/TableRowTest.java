package millrace.connect.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableRowTest {
    private static final Schema BALANCE = SchemaBuilder.struct()
            .name("Balance")
            .field("limitNanos", Schema.OPTIONAL_INT64_SCHEMA)
            .field("spentNanos", Schema.INT64_SCHEMA)
            .optional()
            .build();
    private static final Schema RECORD = SchemaBuilder.struct()
            .field("id", Schema.STRING_SCHEMA)
            .field("userKey", Schema.STRING_SCHEMA)
            .field("total", BALANCE)
            .field(
                    "context",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                            .build())
            .field("list", SchemaBuilder.array(BALANCE).build())
            .field("raw", Schema.BYTES_SCHEMA)
            .build();
    private static final Map<String, String> HASHING =
            Map.of("fields.hashed", "userKey", "hash.secret", "a secret of the test");

    private final TableRow<SinkRecord> rows = new TableRow<>();

    @Test
    void recordsWithinTheRecordAreBesideTheOtherFields() {
        rows.configure(HASHING);

        Struct row = row(record(new Struct(BALANCE).put("limitNanos", 9L).put("spentNanos", 9_007_199_254_740_993L)));

        assertThat(row.schema().fields())
                .extracting(Field::name)
                .containsExactly("id", "user_key", "total_limit_nanos", "total_spent_nanos", "context", "list", "raw");
        assertThat(row.getInt64("total_spent_nanos")).isEqualTo(9_007_199_254_740_993L);
        assertThat(row.getString("context")).isEqualTo("{\"a\":\"b\"}");
        assertThat(row.getString("list")).isEqualTo("[{\"limitNanos\":null,\"spentNanos\":1}]");
        assertThat(row.schema().field("context").schema().name()).isEqualTo("io.debezium.data.Json");
    }

    @Test
    void recordThatIsNotThereLeavesItsColumnsEmpty() {
        rows.configure(HASHING);

        Struct row = row(record(null));

        assertThat(row.get("total_spent_nanos")).isNull();
        assertThat(row.schema().field("total_spent_nanos").schema().isOptional())
                .isTrue();
    }

    @Test
    void userIsAPseudonymThatOnlyTheSecretMakes() {
        rows.configure(HASHING);
        TableRow<SinkRecord> others = new TableRow<>();
        others.configure(Map.of("fields.hashed", "userKey", "hash.secret", "another secret of it"));

        String pseudonym = row(record(null)).getString("user_key");

        assertThat(pseudonym)
                .hasSize(32)
                .isNotEqualTo("u1")
                .isEqualTo(row(record(null)).getString("user_key"));
        assertThat(((Struct) others.apply(record(null)).value()).getString("user_key"))
                .isNotEqualTo(pseudonym);
        assertThat(new Pseudonyms("hash.secret", "a secret of the test").of("")).isEmpty();
    }

    @Test
    void secretThatCanBeGuessedIsRefusedAndNotShown() {
        assertThatThrownBy(() -> rows.configure(Map.of("fields.hashed", "userKey", "hash.secret", "guess me")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hash.secret has 8 characters")
                .hasMessageNotContaining("guess me");
    }

    @Test
    void fieldsCanBeLeftOut() {
        rows.configure(Map.of("fields.left.out", "context,userKey,total"));

        assertThat(row(record(null)).schema().fields()).extracting(Field::name).containsExactly("id", "list", "raw");
    }

    @Test
    void keyCanBeAColumn() {
        rows.configure(Map.of("key.column", "origin", "fields.left.out", "context,userKey,total,list,raw"));

        Struct row = row(record(null));

        assertThat(row.schema().fields()).extracting(Field::name).containsExactly("origin", "id");
        assertThat(row.getString("origin")).isEqualTo("i");
    }

    @Test
    void tombstonePassesAndATextIsRefused() {
        rows.configure(HASHING);
        SinkRecord tombstone = new SinkRecord("t", 0, Schema.STRING_SCHEMA, "k", null, null, 1);

        assertThat(rows.apply(tombstone)).isSameAs(tombstone);
        assertThatThrownBy(() -> rows.apply(new SinkRecord("t", 0, null, null, Schema.STRING_SCHEMA, "text", 1)))
                .isInstanceOf(DataException.class);
    }

    private Struct row(SinkRecord record) {
        return (Struct) rows.apply(record).value();
    }

    private static SinkRecord record(@Nullable Struct total) {
        Struct value = new Struct(RECORD)
                .put("id", "i")
                .put("userKey", "u1")
                .put("total", total)
                .put("context", Map.of("a", "b"))
                .put("list", List.of(new Struct(BALANCE).put("spentNanos", 1L)))
                .put("raw", new byte[] {1});
        return new SinkRecord("t", 0, Schema.STRING_SCHEMA, "i", RECORD, value, 1);
    }
}

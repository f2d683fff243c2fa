package millrace.connect.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CampaignRowTest {
    private static final Schema ROW = SchemaBuilder.struct()
            .field("id", Schema.STRING_SCHEMA)
            .field("campaign", Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    private static final Schema CHANGE = SchemaBuilder.struct()
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    private static final String TEA = """
            {"advertiser": "tea.example", "currency": "EUR", "cpm": 6.500001, "budget": 1000.000000001,
             "caps": [{"scope": "user", "limit": 20, "per": "1d"}], "pool": {"upstreams": ["alpha"]}}
            """;

    private final CampaignRow<SourceRecord> row = new CampaignRow<>();

    @BeforeEach
    void configure() {
        row.configure(Map.of());
    }

    @Test
    void rowIsTheCampaignThatAFileWouldSay() {
        SourceRecord record = row.apply(change("c", null, after("tea", TEA)));

        assertThat(record.topic()).isEqualTo("campaigns");
        assertThat(record.key()).isEqualTo("tea");
        Struct campaign = (Struct) record.value();
        assertThat(campaign.getString("id")).isEqualTo("tea");
        assertThat(campaign.getInt64("priceCpmMicros")).isEqualTo(6_500_001);
        assertThat(campaign.getInt64("budgetNanos")).isEqualTo(1_000_000_000_001L);
        assertThat(campaign.getArray("caps")).hasSize(1);
        assertThat(campaign.schema().name()).isEqualTo("millrace.schemas.Campaign");
    }

    @Test
    void changedRowIsTheWholeCampaignAgain() {
        SourceRecord record = row.apply(change("u", after("tea", TEA), after("tea", TEA.replace("6.500001", "7"))));

        assertThat(((Struct) record.value()).getInt64("priceCpmMicros")).isEqualTo(7_000_000);
    }

    @Test
    void deletedRowIsATombstone() {
        SourceRecord record = row.apply(change("d", after("tea", TEA), null));

        assertThat(record.topic()).isEqualTo("campaigns");
        assertThat(record.key()).isEqualTo("tea");
        assertThat(record.value()).isNull();
    }

    @Test
    void badRowIsADeadLetterThatSaysAllThatIsWrong() {
        String bad = TEA.replace("6.500001", "-1").replace("\"EUR\"", "\"EURO\"");

        SourceRecord record = row.apply(change("u", null, after("tea", bad)));

        assertThat(record.topic()).isEqualTo("dead-letters");
        assertThat(record.key()).isEqualTo("pg.millrace.campaigns-0-4711");
        Struct letter = (Struct) record.value();
        assertThat(letter.getString("reason")).isEqualTo("catalog_refused");
        assertThat(letter.getString("stage")).isEqualTo("connect");
        assertThat(letter.getString("message")).contains("campaign tea", "cpm", "EURO");
        assertThat(StandardCharsets.UTF_8
                        .decode((ByteBuffer) letter.get("value"))
                        .toString())
                .isEqualTo(bad);
    }

    @Test
    void whatIsNoCampaignAtAllIsADeadLetterToo() {
        assertThat(message("tea", "[1, 2]")).contains("is no JSON object");
        assertThat(message("tea", "{\"a\": ")).contains("is not JSON");
        assertThat(message("tea", "{\"id\": \"coffee\"}")).contains("has to be the row's id");
        assertThat(message("tea", "{\"removed\": true}")).contains("delete the row instead");
        assertThat(message("tea", TEA.replace("tea.example", "${SECRET}"))).contains("SECRET");
        assertThat(message("no such id!", TEA)).contains("id");
        assertThat(message("tea", "")).isNotEmpty();
        assertThat(message("tea", "{\"x\": \"" + "y".repeat(1 << 20) + "\"}")).contains("characters");
    }

    @Test
    void largeColumnThatDidNotChangeIsNoNews() {
        assertThat(row.apply(change("u", null, after("tea", "__debezium_unavailable_value"))))
                .isNull();
    }

    @Test
    void heartbeatPasses() {
        Schema beat = SchemaBuilder.struct().field("ts_ms", Schema.INT64_SCHEMA).build();
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "beats", beat, new Struct(beat).put("ts_ms", 1L));

        assertThat(row.apply(record)).isSameAs(record);
    }

    private String message(String id, String json) {
        SourceRecord record = row.apply(change("c", null, after(id, json)));
        assertThat(record.topic()).isEqualTo("dead-letters");
        return ((Struct) record.value()).getString("message");
    }

    private static Struct after(String id, String json) {
        return new Struct(ROW).put("id", id).put("campaign", json);
    }

    private static SourceRecord change(String op, @Nullable Struct before, @Nullable Struct after) {
        Struct change = new Struct(CHANGE)
                .put("before", before)
                .put("after", after)
                .put("source", new Struct(SOURCE).put("lsn", 4711L).put("ts_ms", 5L))
                .put("op", op);
        return new SourceRecord(Map.of(), Map.of(), "pg.millrace.campaigns", CHANGE, change);
    }
}

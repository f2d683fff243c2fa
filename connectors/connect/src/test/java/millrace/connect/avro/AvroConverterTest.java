package millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import millrace.schemas.Campaign;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RecordClasses;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import millrace.wire.WireLimits;
import org.apache.avro.Schema.Parser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroConverterTest {
    private static final org.apache.avro.Schema EVERYTHING = new Parser().parse("""
            {"type": "record", "name": "Everything", "namespace": "millrace.sample", "doc": "One of each.", "fields": [
              {"name": "text", "type": "string", "doc": "A text.", "default": "none"},
              {"name": "maybe", "type": ["null", "string"], "default": null},
              {"name": "owed", "type": ["null", "long"], "doc": "Without a default."},
              {"name": "preset", "type": ["string", "null"], "default": "set"},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 27, "scale": 9}},
              {"name": "narrow", "type": {"type": "fixed", "name": "Narrow", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 2}},
              {"name": "digest", "type": {"type": "fixed", "name": "Digest", "size": 4}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "finer", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
              {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "doc": "Of it.", "symbols": ["RED", "BLUE"], "default": "RED"}, "doc": "Which.", "default": "BLUE"},
              {"name": "other", "type": ["null", "Colour"], "default": null},
              {"name": "counts", "type": {"type": "map", "values": "long"}, "default": {}},
              {"name": "parts", "type": {"type": "array", "items": {"type": "record", "name": "Part", "doc": "A part.", "fields": [
                {"name": "weight", "type": ["null", "int"], "default": null}, {"name": "raw", "type": "bytes", "default": ""}]}}, "default": []},
              {"name": "main", "type": "Part", "doc": "The main one."},
              {"name": "either", "type": ["long", "string", "Part"]},
              {"name": "any", "type": ["null", "long", "string"], "default": null},
              {"name": "flag", "type": "boolean", "default": false},
              {"name": "ratio", "type": "double"},
              {"name": "small", "type": "float"}]}
            """);
    private static final String TOPIC = "everything";

    private final String name = UUID.randomUUID().toString();
    private final InMemorySchemaRegistry registry = InMemorySchemaRegistry.named(name);
    private final Wire wire = new Wire(registry, WireLimits.DEFAULT);

    @Test
    void everyKindOfValueComesBackAsItWasWritten() {
        byte[] bytes = written(EVERYTHING, everything());
        AvroConverter converter = converter(false);

        SchemaAndValue connect = converter.toConnectData(TOPIC, bytes);

        Struct struct = (Struct) connect.value();
        assertThat(struct.get("price")).isEqualTo(new BigDecimal("123456789012345678.123456789"));
        assertThat(struct.get("narrow")).isEqualTo(new BigDecimal("-12.50"));
        assertThat(struct.get("at")).isEqualTo(Date.from(Instant.ofEpochMilli(1_793_644_800_412L)));
        assertThat(struct.getStruct("either").get("millrace.sample.Part")).isInstanceOf(Struct.class);
        assertThat(struct.getString("colour")).isEqualTo("BLUE");
        // Registering is off: the same schema has to be found again.
        assertThat(converter.fromConnectData(TOPIC, connect.schema(), struct)).isEqualTo(bytes);
    }

    static Stream<Topic<?>> topics() {
        return Topics.plain().all().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void schemasOfOurTopicsAreTheSameAfterAWalkThroughConnect(Topic<?> topic) {
        org.apache.avro.Schema ours = SpecificData.get().getSchema(topic.value());
        int id = registry.register(topic + "-value", ours);

        org.apache.avro.Schema back = new AvroSchemas().of(new ConnectSchemas().of(ours));

        assertThat(registry.lookUp(topic + "-value", back)).isEqualTo(id);
    }

    @Test
    void recordOfOursIsWrittenUnderTheSchemaThatThePipelineRegistered() {
        RecordClasses.trust(Campaign.class);
        Topic<Campaign> topic = Topics.plain().campaigns();
        wire.register(Map.of(topic.name(), Campaign.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
        Campaign campaign = Campaign.newBuilder()
                .setId("tea")
                .setAdvertiser("tea.example")
                .setCurrency("EUR")
                .setPriceCpmMicros(6_500_000)
                .setBudgetNanos(1_000_000_000_001L)
                .build();

        SchemaAndValue struct = new Records().struct(campaign);
        byte[] bytes = converter(false).fromConnectData(topic.name(), struct.schema(), struct.value());

        assertThat(bytes).isEqualTo(wire.writer(topic.name(), Campaign.class).write(campaign));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void hostileBytesAreDataExceptionsAndNothingElse(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] good = written(EVERYTHING, everything());
        AvroConverter converter = converter(false);

        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            try {
                converter.toConnectData(TOPIC, mutated(good, random));
            } catch (DataException e) {
                refused++;
                assertThat(e).hasMessageContaining(TOPIC);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void bytesThatAreNoRecordAreRefusedInWords() {
        AvroConverter converter = converter(false);

        assertThatThrownBy(() -> converter.toConnectData(TOPIC, "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic everything")
                .hasMessageContaining("too few for a schema id");
        assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {0, 0, 0, 0, 99, 1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("schema id 99 is unknown");
    }

    @Test
    void registryThatIsAwayIsTriedAgain() {
        byte[] bytes = written(EVERYTHING, everything());
        AvroConverter converter = converter(true);
        registry.pause();
        try {
            assertThatThrownBy(() -> converter.toConnectData(TOPIC, bytes)).isInstanceOf(RetriableException.class);
        } finally {
            registry.resume();
        }
        assertThat(converter.toConnectData(TOPIC, bytes).value()).isNotNull();
    }

    @Test
    void schemaThatIsNotThereIsRefusedWhenRegisteringIsOff() {
        Schema schema = SchemaBuilder.struct()
                .name("Row")
                .field("a", Schema.INT32_SCHEMA)
                .build();
        Struct row = new Struct(schema).put("a", 1);

        assertThatThrownBy(() -> converter(false).fromConnectData("rows", schema, row))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows-value");
        assertThat(converter(true).fromConnectData("rows", schema, row)).hasSize(6);
    }

    @Test
    void amountWithMoreDigitsThanItsColumnIsRefusedAndNeverRounded() {
        Schema schema = SchemaBuilder.struct()
                .name("Row")
                .field("amount", Decimal.schema(2))
                .build();
        AvroConverter converter = converter(true);

        assertThatThrownBy(() -> converter.fromConnectData(
                        "rows", schema, new Struct(schema).put("amount", new BigDecimal("0.005"))))
                .isInstanceOf(DataException.class)
                .hasMessage("value for topic rows cannot be written: amount: 0.005 has more than 2 decimals");
        byte[] exact =
                converter.fromConnectData("rows", schema, new Struct(schema).put("amount", new BigDecimal("1.5")));
        assertThat(((Struct) converter.toConnectData("rows", exact).value()).get("amount"))
                .isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void whatHasNoNameGetsOneOfItsPlace() {
        Schema inner =
                SchemaBuilder.struct().field("at", Timestamp.SCHEMA).optional().build();
        Schema schema = SchemaBuilder.struct()
                .field("inner", inner)
                .field("list", SchemaBuilder.array(Schema.OPTIONAL_INT16_SCHEMA).build())
                .build();
        Struct row = new Struct(schema)
                .put("inner", new Struct(inner).put("at", Date.from(Instant.ofEpochMilli(5))))
                .put("list", Arrays.asList((short) 1, null));
        AvroConverter converter = converter(true);

        Struct back = (Struct) converter
                .toConnectData("rows", converter.fromConnectData("rows", schema, row))
                .value();

        assertThat(back.getStruct("inner").schema().name()).isEqualTo("ConnectRecord_inner");
        assertThat(back.getStruct("inner").get("at")).isEqualTo(Date.from(Instant.ofEpochMilli(5)));
        assertThat(back.getArray("list")).isEqualTo(Arrays.asList(1, null));
    }

    @Test
    void twoVersionsOfOneTopicAreWrittenSideBySide() {
        AvroConverter converter = converter(true);
        Schema first = SchemaBuilder.struct()
                .name("Row")
                .field("a", Schema.INT32_SCHEMA)
                .build();
        Schema second = SchemaBuilder.struct()
                .name("Row")
                .field("a", Schema.INT32_SCHEMA)
                .field("b", Schema.OPTIONAL_STRING_SCHEMA)
                .build();

        byte[] one = converter.fromConnectData("rows", first, new Struct(first).put("a", 1));
        byte[] two = converter.fromConnectData(
                "rows", second, new Struct(second).put("a", 2).put("b", "x"));
        byte[] oneAgain = converter.fromConnectData("rows", first, new Struct(first).put("a", 1));

        assertThat(oneAgain).isEqualTo(one);
        assertThat(((Struct) converter.toConnectData("rows", two).value()).getString("b"))
                .isEqualTo("x");
    }

    @Test
    void tombstoneStaysATombstone() {
        AvroConverter converter = converter(false);

        assertThat(converter.fromConnectData(TOPIC, null, null)).isNull();
        assertThat(converter.toConnectData(TOPIC, null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void keysAndValuesWithoutASchemaAreRefusedInWords() {
        assertThatThrownBy(() -> new AvroConverter().configure(Map.of("schema.registry.url", "mock://" + name), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("StringConverter");
        assertThatThrownBy(() -> converter(true).fromConnectData("rows", null, Map.of("a", 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no schema");
        assertThatThrownBy(() ->
                        new AvroConverter().configure(Map.of("schema.registry.url", "http://user:word@h:1"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("word@");
    }

    private AvroConverter converter(boolean autoRegister) {
        AvroConverter converter = new AvroConverter();
        converter.configure(
                Map.of("schema.registry.url", "mock://" + name, "auto.register.schemas", autoRegister), false);
        return converter;
    }

    private byte[] written(org.apache.avro.Schema schema, GenericRecord record) {
        wire.register(Map.of(TOPIC, schema), RegistrationPolicy.DEFAULT, line -> {});
        return wire.writer(TOPIC, schema).write(record);
    }

    private static GenericRecord everything() {
        GenericData.Record part =
                new GenericData.Record(EVERYTHING.getField("main").schema());
        part.put("weight", 3);
        part.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
        GenericData.Record all = new GenericData.Record(EVERYTHING);
        all.put("text", "t");
        all.put("preset", "p");
        all.put(
                "price",
                ByteBuffer.wrap(new BigDecimal("123456789012345678.123456789")
                        .unscaledValue()
                        .toByteArray()));
        all.put(
                "narrow",
                new GenericData.Fixed(
                        EVERYTHING.getField("narrow").schema(),
                        ByteBuffer.allocate(8).putLong(-1250).array()));
        all.put("digest", new GenericData.Fixed(EVERYTHING.getField("digest").schema(), new byte[] {9, 8, 7, 6}));
        all.put("at", 1_793_644_800_412L);
        all.put("finer", 1_793_644_800_412_345L);
        all.put("day", 20_000);
        all.put("clock", 3_600_000);
        all.put("uuid", "2f1c26d0-b7a4-4e58-9d3a-0f3c1f6f5a10");
        all.put(
                "colour",
                new GenericData.EnumSymbol(EVERYTHING.getField("colour").schema(), "BLUE"));
        all.put("counts", Map.of("a", 1L));
        all.put("parts", List.of(part, part));
        all.put("main", part);
        all.put("either", part);
        all.put("any", "text");
        all.put("flag", true);
        all.put("ratio", 0.5);
        all.put("small", 0.25f);
        return all;
    }

    private static byte[] mutated(byte[] original, RandomGenerator random) {
        byte[] bytes = Arrays.copyOf(original, original.length + random.nextInt(-8, 8));
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(10) > 0) {
            System.arraycopy(original, 0, bytes, 0, 5);
        }
        return bytes;
    }
}

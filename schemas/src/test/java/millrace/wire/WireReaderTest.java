package millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import millrace.sample.Parcel;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireReaderTest {

    private final InMemorySchemaRegistry registry =
            InMemorySchemaRegistry.named(UUID.randomUUID().toString());
    private final Wire wire = new Wire(registry, new WireLimits(4_096, 1_000));
    private final WireReader<Parcel> reader = wire.reader(Parcel.class);
    private final WireWriter<Parcel> writer = wire.writer(Parcels.TOPIC, Parcel.class);

    @BeforeEach
    void register() {
        wire.register(Map.of(Parcels.TOPIC, Parcel.getClassSchema()), RegistrationPolicy.DEFAULT, _ -> {});
    }

    @Test
    void whatIsWrittenIsRead() {
        Parcel parcel = Parcels.full();

        assertThat(reader.read(writer.write(parcel))).isEqualTo(new Reading.Value<>(parcel));
    }

    @Test
    void recordsReadOneAfterAnotherDoNotShareAnything() {
        Reading<Parcel> first = reader.read(writer.write(Parcels.full()));
        reader.read(writer.write(Parcels.small("other")));

        assertThat(first).isEqualTo(new Reading.Value<>(Parcels.full()));
    }

    @Test
    void headerIsMagicByteAndBigEndianId() {
        byte[] bytes = writer.write(Parcels.full());

        assertThat(Arrays.copyOf(bytes, 5))
                .containsExactly(0, 0, 0, 0, registry.latest("parcels-value").id());
    }

    @Test
    void unknownFieldOfAnotherVersionIsSkippedAndMissingOnesHaveTheirDefaults() {
        GenericRecord other = new GenericRecordBuilder(Parcels.OTHER_VERSION)
                .set("id", "p-9")
                .set("colours", List.of("red", "blue"))
                .set("grams", 12L)
                .build();

        Parcel read = valueOf(reader.read(written("elsewhere", other)));

        assertThat(read).isEqualTo(Parcel.newBuilder().setId("p-9").setGrams(12).build());
    }

    @Test
    void schemaWithoutClassIsReadAsGenericRecord() {
        WireReader<GenericRecord> generic = wire.reader(Parcel.getClassSchema());

        GenericRecord read = valueOf(generic.read(writer.write(Parcels.full())));

        assertThat(read.get("grams")).isEqualTo(1_250L);
    }

    @Test
    void otherRecordIsMalformedWithBothNames() {
        Schema letter = SchemaBuilder.record("other.Letter")
                .fields()
                .requiredString("id")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(letter).set("id", "x").build();

        assertThat(reasonOf(reader.read(written("letters", record))))
                .isEqualTo("record is a other.Letter, expected a millrace.sample.Parcel");
    }

    @Test
    void recordOfAnAliasIsRead() {
        Schema old =
                SchemaBuilder.record("old.Name").fields().requiredString("id").endRecord();
        Schema renamed = SchemaBuilder.record("now.Name")
                .aliases("old.Name")
                .fields()
                .requiredString("id")
                .endRecord();

        GenericRecord read = valueOf(wire.reader(renamed)
                .read(written(
                        "names", new GenericRecordBuilder(old).set("id", "x").build())));

        assertThat(read.get("id").toString()).isEqualTo("x");
    }

    @Test
    void schemaThatIsNoRecordIsMalformed() {
        int id = registry.register("strings-value", Schema.create(Schema.Type.STRING));

        assertThat(reasonOf(reader.read(framed(id, 2, 'x')))).contains("record is a string");
    }

    @Test
    void noValueIsMalformed() {
        assertThat(reasonOf(reader.read(null))).isEqualTo("no value");
    }

    @Test
    void fourBytesAreMalformed() {
        assertThat(reasonOf(reader.read(new byte[4]))).isEqualTo("4 bytes are too few for a schema id");
    }

    @Test
    void jsonIsMalformed() {
        assertThat(reasonOf(reader.read("{\"id\":1}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("first byte is 123, not 0 as in the wire format");
    }

    @Test
    void unknownIdIsMalformed() {
        assertThat(reasonOf(reader.read(framed(77)))).isEqualTo("schema id 77 is unknown to the registry");
    }

    @Test
    void negativeIdIsMalformedWithoutAsking() {
        registry.pause();

        assertThat(reasonOf(reader.read(framed(-2)))).isEqualTo("schema id -2 is negative");
    }

    @Test
    void byteAfterTheRecordIsMalformed() {
        byte[] bytes = writer.write(Parcels.full());

        assertThat(reasonOf(reader.read(Arrays.copyOf(bytes, bytes.length + 1))))
                .isEqualTo("1 bytes follow the record");
    }

    @Test
    void recordThatEndsEarlyIsMalformed() {
        byte[] bytes = writer.write(Parcels.full());

        assertThat(reasonOf(reader.read(Arrays.copyOf(bytes, bytes.length - 1))))
                .startsWith("not decodable");
    }

    @Test
    void recordAboveTheLimitIsMalformed() {
        byte[] bytes = writer.write(Parcels.small("x".repeat(5_000)));

        assertThat(reasonOf(reader.read(bytes))).endsWith("bytes are more than the allowed 4096");
    }

    @Test
    void recordWhoseSchemaCannotBeHadIsPendingAndLaterRead() {
        byte[] bytes = writer.write(Parcels.full());
        WireReader<Parcel> fresh = wire.reader(Parcel.class);
        registry.pause();
        assertThat(fresh.read(bytes)).isEqualTo(new Reading.Pending<>(1));

        registry.resume();

        assertThat(fresh.read(bytes)).isEqualTo(new Reading.Value<>(Parcels.full()));
    }

    @Test
    void knownSchemaIsReadWhileTheRegistryIsAway() {
        byte[] bytes = writer.write(Parcels.full());
        reader.read(bytes);

        registry.pause();

        assertThat(reader.read(bytes)).isEqualTo(new Reading.Value<>(Parcels.full()));
    }

    @Test
    void waitingReaderTellsMalformedFromUnavailable() {
        byte[] bytes = writer.write(Parcels.full());
        registry.pause();

        assertThatThrownBy(() -> reader.readOrWait(bytes)).isInstanceOf(RegistryException.Unavailable.class);
        assertThatThrownBy(() -> reader.readOrWait(new byte[] {9, 0, 0, 0, 1}))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void serdeKeepsNullAndReadsWhatItWrote() {
        try (WireSerde<Parcel> serde = wire.serde(Parcels.TOPIC, Parcel.class)) {
            byte[] bytes = serde.serializer().serialize("a-changelog", Parcels.full());

            assertThat(serde.deserializer().deserialize("a-changelog", bytes)).isEqualTo(Parcels.full());
            assertThat(serde.deserializer().deserialize("a-changelog", null)).isNull();
            assertThat(serde.serializer().serialize("a-changelog", null)).isNull();
        }
    }

    @Test
    void serdeFailsOnBadBytesWithTheTopicAndReason() {
        try (WireSerde<Parcel> serde = wire.serde(Parcels.TOPIC, Parcel.class)) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("parcels", new byte[] {7, 7, 7, 7, 7, 7}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("record of topic parcels cannot be read: first byte is 7");
        }
    }

    @Test
    void writerOfAnUnregisteredTopicSaysSo() {
        WireWriter<Parcel> unregistered = wire.writer("nowhere", Parcel.class);

        assertThatThrownBy(() -> unregistered.write(Parcels.full()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("topic nowhere");
    }

    @Test
    void recordThatFailsHalfWayDoesNotSpoilTheNext() {
        Schema pair = SchemaBuilder.record("Pair")
                .fields()
                .requiredString("a")
                .requiredString("b")
                .endRecord();
        wire.register(Map.of("pairs", pair), RegistrationPolicy.DEFAULT, _ -> {});
        WireWriter<GenericRecord> pairs = wire.writer("pairs", pair);
        var half = new GenericData.Record(pair);
        half.put("a", "only");
        assertThatThrownBy(() -> pairs.write(half)).isInstanceOf(RuntimeException.class);
        GenericRecord whole =
                new GenericRecordBuilder(pair).set("a", "x").set("b", "y").build();

        GenericRecord read = valueOf(wire.reader(pair).read(pairs.write(whole)));

        assertThat(read.toString()).isEqualTo(whole.toString());
    }

    private byte[] written(String topic, GenericRecord value) {
        wire.register(Map.of(topic, value.getSchema()), RegistrationPolicy.DEFAULT, _ -> {});
        return wire.writer(topic, value.getSchema()).write(value);
    }

    static byte[] framed(int id, int... body) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.header(id));
        for (int next : body) {
            bytes.write(next);
        }
        return bytes.toByteArray();
    }

    static <T> T valueOf(Reading<T> reading) {
        return switch (reading) {
            case Reading.Value<T>(var value) -> value;
            default -> throw new AssertionError("expected a value, was " + reading);
        };
    }

    static <T> String reasonOf(Reading<T> reading) {
        return switch (reading) {
            case Reading.Malformed<T>(var reason) -> reason;
            default -> throw new AssertionError("expected malformed, was " + reading);
        };
    }
}

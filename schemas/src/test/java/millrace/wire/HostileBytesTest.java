package millrace.wire;

import static millrace.wire.WireReaderTest.framed;
import static millrace.wire.WireReaderTest.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.sample.Parcel;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that somebody chose to do harm, or that went wrong on the way. */
class HostileBytesTest {

    private static final int[] TWO_BILLION = {0xfe, 0xff, 0xff, 0xff, 0x0f};

    private final InMemorySchemaRegistry registry =
            InMemorySchemaRegistry.named(UUID.randomUUID().toString());
    private final Wire wire = new Wire(registry, WireLimits.DEFAULT);
    private final WireReader<Parcel> reader = wire.reader(Parcel.class);
    private final WireWriter<Parcel> writer = wire.writer(Parcels.TOPIC, Parcel.class);

    @BeforeEach
    void register() {
        wire.register(Map.of(Parcels.TOPIC, Parcel.getClassSchema()), RegistrationPolicy.DEFAULT, _ -> {});
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void tenThousandMutatedRecordsHaveAnOutcomeAndNoneThrows(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int other = registry.register("other-value", Parcels.OTHER_VERSION);
        WireWriter<GenericRecord> otherWriter = wire.writer("other", Parcels.OTHER_VERSION);
        wire.register(Map.of("other", Parcels.OTHER_VERSION), RegistrationPolicy.DEFAULT, _ -> {});
        byte[] seedRecord = writer.write(Parcels.full());
        byte[] otherRecord = otherWriter.write(new GenericRecordBuilder(Parcels.OTHER_VERSION)
                .set("id", "p")
                .set("colours", List.of("a", "b"))
                .set("grams", 1L)
                .build());
        assertThat(other).isEqualTo(2);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 10_000; i++) {
                byte[] bytes = mutated(random.nextBoolean() ? seedRecord : otherRecord, random);
                assertThat(reader.read(bytes)).isNotNull();
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void tenThousandRandomArraysHaveAnOutcomeAndNoneThrows(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 10_000; i++) {
                var body = new byte[random.nextInt(200)];
                random.nextBytes(body);
                var bytes = new ByteArrayOutputStream();
                // Half of them reach the decoder.
                bytes.writeBytes(random.nextBoolean() ? WireFormat.header(1) : new byte[0]);
                bytes.writeBytes(body);
                assertThat(reader.read(bytes.toByteArray())).isNotNull();
            }
        });
    }

    @Test
    void stringThatClaimsTwoBillionBytesIsMalformed() {
        assertThat(reasonOf(reader.read(framed(1, TWO_BILLION))))
                .contains("length is 2147483647 where 0 bytes are left");
    }

    @Test
    void arrayThatClaimsTwoBillionItemsIsMalformed() {
        assertThat(reasonOf(readArray(Schema.create(Schema.Type.STRING), TWO_BILLION)))
                .contains("more array and map items than allowed");
    }

    @Test
    void itemsWithoutBytesAreBoundedToo() {
        assertThat(reasonOf(readArray(Schema.create(Schema.Type.NULL), TWO_BILLION)))
                .contains("more array and map items than allowed");
    }

    @Test
    void manySmallBlocksOfItemsWithoutBytesAreBoundedTogether() {
        // Blocks of 8,191 nulls at two bytes each: 100,000 items are reached after 13 of them.
        int[] blocks = new int[200_000];
        for (int i = 0; i < blocks.length; i += 2) {
            blocks[i] = 0xfe;
            blocks[i + 1] = 0x7f;
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(reasonOf(readArray(Schema.create(Schema.Type.NULL), blocks)))
                        .contains("more array and map items than allowed"));
    }

    @Test
    void skippedItemsAreBoundedAsWell() {
        Schema writerSchema = arrayOf(Schema.create(Schema.Type.NULL));
        int id = registry.register("skipped-value", writerSchema);
        Schema readerSchema =
                SchemaBuilder.record("Holder").fields().optionalString("other").endRecord();

        assertThat(reasonOf(wire.reader(readerSchema).read(framed(id, TWO_BILLION))))
                .contains("more array and map items than allowed");
    }

    @Test
    void blockWithANegativeSizeIsMalformed() {
        // Count -1, size -1: a skip backwards would read the same block for ever.
        Schema writerSchema = arrayOf(Schema.create(Schema.Type.STRING));
        int id = registry.register("backwards-value", writerSchema);
        Schema readerSchema =
                SchemaBuilder.record("Holder").fields().optionalString("other").endRecord();

        assertThat(reasonOf(wire.reader(readerSchema).read(framed(id, 1, 1, 0))))
                .contains("length is -1");
    }

    @Test
    void recordThatContainsItselfIsRefusedBeforeItsBytesAreLookedAt() {
        Schema list = SchemaBuilder.record("Holder")
                .fields()
                .name("next")
                .type()
                .unionOf()
                .nullType()
                .and()
                .type("Holder")
                .endUnion()
                .noDefault()
                .endRecord();
        int id = registry.register("list-value", list);
        int[] tenThousandLevels = new int[10_000];
        Arrays.fill(tenThousandLevels, 2);

        assertThat(reasonOf(wire.reader(list).read(framed(id, tenThousandLevels))))
                .isEqualTo("schema of Holder nests too deeply or contains itself");
    }

    @Test
    void recordsInRecordsAreRefusedBeyondSixtyFourLevelsOnly() {
        assertThat(Nesting.isTooDeep(nested(63))).isFalse();
        assertThat(Nesting.isTooDeep(nested(65))).isTrue();
    }

    @Test
    void recordsThatShareWideRecordsAreLookedThroughQuickly() {
        // Each level has the one below twice: two to the fiftieth paths.
        Schema shared = SchemaBuilder.record("L0").fields().endRecord();
        for (int level = 1; level <= 50; level++) {
            shared = SchemaBuilder.record("L" + level)
                    .fields()
                    .name("left")
                    .type(shared)
                    .noDefault()
                    .name("right")
                    .type(shared)
                    .noDefault()
                    .endRecord();
        }
        Schema root = shared;

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(Nesting.isTooDeep(root)).isFalse());
    }

    @Test
    void unionBranchThatIsNotThereIsMalformed() {
        assertThat(reasonOf(reader.read(framed(1, 0, 0, 0, 0x7e)))).startsWith("not decodable");
    }

    @Test
    void enumSymbolThatIsNotThereIsMalformed() {
        assertThat(reasonOf(reader.read(framed(1, 0, 0, 0, 0, 0x7e)))).startsWith("not decodable");
    }

    @Test
    void numberOfElevenBytesIsMalformed() {
        int[] body = new int[12];
        Arrays.fill(body, 0xff);

        assertThat(reasonOf(reader.read(framed(1, body)))).contains("number is longer than ten bytes");
    }

    private Reading<GenericRecord> readArray(Schema items, int... body) {
        Schema schema = arrayOf(items);
        int id = registry.register(items.getName() + "-value", schema);
        return wire.reader(schema).read(framed(id, body));
    }

    private static Schema nested(int levels) {
        Schema schema = Schema.create(Schema.Type.LONG);
        for (int level = 1; level <= levels; level++) {
            schema = SchemaBuilder.record("L" + level)
                    .fields()
                    .name("in")
                    .type(schema)
                    .noDefault()
                    .endRecord();
        }
        return schema;
    }

    private static Schema arrayOf(Schema items) {
        return SchemaBuilder.record("Holder")
                .fields()
                .name("items")
                .type()
                .array()
                .items(items)
                .noDefault()
                .endRecord();
    }

    private static byte[] mutated(byte[] original, RandomGenerator random) {
        byte[] bytes = Arrays.copyOf(original, original.length + random.nextInt(-8, 8));
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        // The id stays, most of the time, so that the decoder is reached.
        if (random.nextInt(10) > 0) {
            System.arraycopy(original, 0, bytes, 0, WireFormat.HEADER_BYTES);
        }
        return bytes;
    }
}

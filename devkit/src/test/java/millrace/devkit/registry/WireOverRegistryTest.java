package millrace.devkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.wire.BasicAuth;
import millrace.wire.Reading;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistryException;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our reader and writer over the embedded registry, and over against other people's bytes. */
class WireOverRegistryTest {

    private static final Schema ONE = SchemaBuilder.record("test.R")
            .fields()
            .requiredLong("a")
            .requiredString("s")
            .endRecord();
    private static final Schema TWO = SchemaBuilder.record("test.R")
            .fields()
            .requiredLong("a")
            .requiredString("s")
            .name("b")
            .type()
            .longType()
            .longDefault(5)
            .endRecord();
    private static final Schema BREAKING =
            SchemaBuilder.record("test.R").fields().requiredLong("c").endRecord();
    private static final GenericRecord RECORD =
            new GenericRecordBuilder(ONE).set("a", -77L).set("s", "süß").build();

    private final EmbeddedRegistry registry = EmbeddedRegistry.started();
    private final Wire wire = Wire.open(RegistrySettings.of(registry.url()));
    private final RestClient foreign = new RestClient(registry);

    @AfterEach
    void close() {
        foreign.close();
        wire.close();
        registry.close();
    }

    @Test
    void ourBytesAreReadByAnIndependentDecoder() throws IOException {
        register(ONE);

        ByteBuffer bytes = ByteBuffer.wrap(wire.writer("t", ONE).write(RECORD));

        assertThat(bytes.get()).isZero();
        String schema = foreign.get("/schemas/ids/" + bytes.getInt())
                .body()
                .path("schema")
                .asText();
        GenericRecord read = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema))
                .read(null, DecoderFactory.get().binaryDecoder(bytes.array(), 5, bytes.remaining(), null));
        assertThat(read.toString()).isEqualTo(RECORD.toString());
    }

    @Test
    void foreignBytesAreReadByUs() throws IOException {
        assertThat(read(wire.reader(ONE), foreignBytes())).hasToString(RECORD.toString());
    }

    @Test
    void olderRecordIsReadWithTheNewerSchema() {
        register(ONE);
        byte[] older = wire.writer("t", ONE).write(RECORD);
        register(TWO);

        assertThat(read(wire.reader(TWO), older).get("b")).isEqualTo(5L);
        assertThat(foreign.get("/subjects/t-value/versions").body()).hasToString("[1,2]");
    }

    @Test
    void schemaThatBreaksTheSubjectIsRefusedWithTheRegistrysWords() {
        register(ONE);

        assertThatThrownBy(() -> register(BREAKING))
                .isInstanceOf(RegistryException.Incompatible.class)
                .hasMessageContainingAll("t-value", "BACKWARD", "READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void pausedRegistryMakesRecordsPendingAndNotMalformed() throws IOException {
        byte[] bytes = foreignBytes();
        WireReader<GenericRecord> reader = wire.reader(ONE);
        registry.pause();
        assertThat(reader.read(bytes)).isEqualTo(new Reading.Pending<>(1));
        await().until(() -> registry.requests("GET", "/schemas/ids/1") >= 2);
        assertThat(reader.read(bytes)).isEqualTo(new Reading.Pending<>(1));

        registry.resume();

        assertThat(read(reader, bytes)).hasToString(RECORD.toString());
    }

    @Test
    void unknownIdBecomesMalformedAndIsAskedOnce() {
        WireReader<GenericRecord> reader = wire.reader(ONE);
        byte[] bytes = ByteBuffer.allocate(5).putInt(1, 77).array();

        await().until(() -> reader.read(bytes) instanceof Reading.Malformed);
        reader.read(bytes);

        assertThat(reader.read(bytes).toString()).contains("schema id 77 is unknown to the registry");
        assertThat(registry.requests("GET", "/schemas/ids/77")).isEqualTo(1);
    }

    @Test
    void writingAsksNothing() {
        register(ONE);
        long before = registry.requests();
        registry.stop();

        wire.writer("t", ONE).write(RECORD);

        assertThat(registry.requests()).isEqualTo(before);
    }

    @Test
    void startWaitsForARegistryThatIsDown() {
        registry.stop();
        var progress = new CopyOnWriteArrayList<String>();

        wire.register(Map.of("t", ONE), RegistrationPolicy.DEFAULT, line -> {
            progress.add(line);
            if (progress.size() == 2) {
                registry.start();
            }
        });

        assertThat(progress).hasSize(2).first().asString().contains("waiting for schema registry", "attempt 1 failed");
    }

    @Test
    void credentialsOpenALockedRegistry() {
        var auth = new BasicAuth("kim", "s:ecret");
        try (EmbeddedRegistry locked = EmbeddedRegistry.started(RegistryOptions.DEFAULT.withAuth(auth));
                Wire authenticated = Wire.open(RegistrySettings.of(locked.url()).withAuth(auth));
                Wire stranger = Wire.open(RegistrySettings.of(locked.url()))) {
            authenticated.register(Map.of("t", ONE), RegistrationPolicy.DEFAULT, _ -> {});

            assertThat(authenticated.registry().subjects()).isEqualTo(List.of("t-value"));
            assertThatThrownBy(() -> stranger.registry().subjects()).isInstanceOf(RegistryException.Refused.class);
        }
    }

    private void register(Schema schema) {
        wire.register(Map.of("t", schema), RegistrationPolicy.DEFAULT, _ -> {});
    }

    private byte[] foreignBytes() throws IOException {
        int id = foreign.post("/subjects/t-value/versions", RestClient.body(ONE.toString()))
                .body()
                .path("id")
                .asInt();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(ONE).write(RECORD, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static GenericRecord read(WireReader<GenericRecord> reader, byte[] bytes) {
        return await().until(
                        () -> reader.read(bytes) instanceof Reading.Value<GenericRecord>(var value) ? value : null,
                        value -> value != null);
    }
}

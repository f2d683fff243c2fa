package millrace.e2e;

import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.newUser;
import static millrace.e2e.World.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.AdRequest;
import millrace.schemas.DeadLetter;
import millrace.schemas.Outcome;
import millrace.wire.RegistrySettings;
import millrace.wire.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A registry that is away while the pipeline runs delays what only it can explain, and loses nothing. */
class RegistryTest {
    private static World world;
    private static TopicReader<DeadLetter> letters;
    private static final EmbeddedRegistry REGISTRY = World.services().registry();

    @BeforeAll
    static void start() {
        world = World.of("registry");
        letters = world.read(world.stack.topics().deadLetters());
        world.stack.put(placement("good").build());
        world.stack.put(ownCampaign("good", "good").build());
        world.stack.run();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void registryIsBack() {
        REGISTRY.resume();
    }

    @Test
    void recordOfANewerProducerWaitsForTheRegistryAndIsThenDecided() throws IOException {
        String user = newUser();
        AdRequest newer = request(user, "good").setDeadlineMillis(60_000).build();
        byte[] bytes = ofANewerProducer(newer);
        REGISTRY.pause();

        world.producer().bytes(world.stack.topics().adRequests().name(), partitionOf(user), user, bytes);
        AdRequest older = request(user, "good").build();

        assertThat(world.decide(older).getOutcome())
                .as("a request of the same user that came after it")
                .isEqualTo(Outcome.FILLED);
        assertThat(world.answersTo(newer.getId())).isEmpty();
        REGISTRY.resume();
        assertThat(world.answerTo(newer.getId()).getSlots().getFirst().getOutcome())
                .isEqualTo(Outcome.FILLED);
        assertThat(letters.records()).as("dead letters").isEmpty();
    }

    /** With a field that this version does not know, under a schema that it has never seen. */
    private static byte[] ofANewerProducer(AdRequest request) throws IOException {
        Schema known = request.getSchema();
        List<Schema.Field> fields = new ArrayList<>();
        known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("mood", Schema.create(Schema.Type.STRING), "How the user feels.", "calm"));
        Schema newer = Schema.createRecord(known.getName(), known.getDoc(), known.getNamespace(), false, fields);
        GenericRecordBuilder record = new GenericRecordBuilder(newer).set("mood", "curious");
        known.getFields().forEach(field -> record.set(field.name(), request.get(field.pos())));
        return wire(register(newer), record.build());
    }

    private static int register(Schema schema) {
        try (SchemaRegistry client = SchemaRegistry.open(RegistrySettings.of(REGISTRY.url()))) {
            return client.register(world.stack.topics().adRequests().name() + "-value", schema);
        }
    }

    /** A zero, the schema's id in four bytes, the record in Avro's binary form. */
    private static byte[] wire(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema(), SpecificData.getForClass(AdRequest.class))
                .write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}

package millrace.devkit.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Checked;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.config.Settings;
import millrace.devkit.http.LoopbackServer;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Response;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import millrace.topics.Topics;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A process that a bench takes for the pipeline: makes the topics, is ready, fills every request once it has seen a placement. */
public final class CopyingPipeline {

    private static final Topics TOPICS = Topics.plain();

    private CopyingPipeline() {}

    public static void main(String[] args) throws Exception {
        var sources = new ConfigSources(Optional.of(Path.of(args[2])), Map.of(), List.of());
        Config config = ((Checked.Valid<Config>) ConfigLoader.load(sources)).value();
        String brokers = config.get(Settings.KAFKA_BOOTSTRAP_SERVERS).getFirst();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers))) {
            admin.createTopics(TOPICS.all().stream()
                            .map(topic -> new NewTopic(topic.name(), config.get(Settings.TOPICS_PARTITIONS), (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        LoopbackServer.start(config.get(Settings.ADMIN_PORT), request -> Reaction.now(Response.of(200)));
        copy(
                brokers,
                Wire.open(RegistrySettings.of(
                        config.get(Settings.REGISTRY_URLS).getFirst().toString())));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What is not sent is missed by the test.
    private static void copy(String brokers, Wire wire) throws Exception {
        String answers = TOPICS.adResponses().name();
        wire.register(Map.of(answers, AdResponse.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
        var reader = wire.reader(AdRequest.class);
        var writer = wire.writer(answers, AdResponse.class);
        boolean filling = false;
        try (var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", brokers, "group.id", "copy", "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", brokers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            consumer.subscribe(
                    List.of(TOPICS.adRequests().name(), TOPICS.placements().name()));
            while (true) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.topic().equals(TOPICS.placements().name())) {
                        filling = true;
                    } else {
                        var answer = answer(reader.readOrWait(record.value()), filling);
                        producer.send(new ProducerRecord<>(answers, record.key(), writer.write(answer)));
                    }
                }
            }
        }
    }

    private static AdResponse answer(AdRequest request, boolean filling) {
        var slot = SlotAnswer.newBuilder()
                .setSlotId(request.getPlacement())
                .setOutcome(filling ? Outcome.FILLED : Outcome.NO_FILL)
                .setReason(filling ? null : NoFillReason.UNKNOWN_PLACEMENT);
        return AdResponse.newBuilder()
                .setRequestId(request.getId())
                .setPlacement(request.getPlacement())
                .setSlots(List.of(slot.build()))
                .setDecidedAt(1)
                .setTookMicros(1)
                .build();
    }
}

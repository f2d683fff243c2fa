package millrace.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Refusal;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.BrokersException;
import millrace.config.Config;
import millrace.config.StreamsSettings;
import millrace.config.TopicCheck;
import millrace.devkit.broker.EmbeddedBroker;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.schemas.Campaign;
import millrace.schemas.Pool;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline does before and while it starts, against a real broker and registry. */
class StartOverBrokerTest {
    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @TempDir
    Path folder;

    private final Deployment deployment = new Deployment(broker, registry);
    private final Topics topics = deployment.topics();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        registry = EmbeddedRegistry.started();
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void missingTopicsAreCreatedOnceAsTheyMustBe() {
        try (Brokers brokers = Brokers.reach(deployment.config(), Deployment.SOON, line -> {})) {
            TopicCheck check = new TopicCheck(deployment.config(), brokers);

            TopicCheck.Ready first = Deployment.value(check.pipeline());
            TopicCheck.Ready second = Deployment.value(check.pipeline());

            assertThat(first.partitions()).isEqualTo(4);
            assertThat(first.created())
                    .isEqualTo(topics.all().stream().map(Topic::name).toList());
            assertThat(second.partitions()).isEqualTo(4);
            assertThat(second.created()).isEmpty();
            assertThat(check.partitions(topics.campaigns())).hasValue(1);
            assertThat(check.partitions(topics.budgetGrants())).hasValue(4);
        }
    }

    @Test
    void topicsThatAreNotAsTheyMustBeAreAllNamedAndNothingIsCreated() {
        deployment.create(topics.adRequests().name(), 3, topics.adRequests().settings());
        deployment.create(topics.adEvents().name(), 2, topics.adEvents().settings());
        deployment.create(topics.campaigns().name(), 1, Map.of());
        Config config = deployment.config("reply.topics=nowhere");
        try (Brokers brokers = Brokers.reach(config, Deployment.SOON, line -> {})) {
            TopicCheck check = new TopicCheck(config, brokers);

            assertThat(Deployment.faults(check.pipeline()))
                    .extracting(Fault::where)
                    .containsExactly("topic " + topics.adEvents(), "topic " + topics.campaigns(), "topic nowhere");
            assertThat(check.partitions(topics.notices())).isEmpty();
        }
    }

    @Test
    void missingTopicsAreFaultsWhereNoneMayBeCreated() {
        Config config = deployment.config("topics.create=false");
        try (Brokers brokers = Brokers.reach(config, Deployment.SOON, line -> {})) {
            Checked<TopicCheck.Ready> checked = new TopicCheck(config, brokers).pipeline();

            assertThat(Deployment.faults(checked)).hasSameSizeAs(Topics.plain().all());
        }
    }

    @Test
    void brokersThatAreAwayAreTriedAgainUntilTheTimeIsOver() {
        Config config = deployment.config("kafka.bootstrap.servers=127.0.0.1:1", "kafka.client.request.timeout.ms=200");
        List<String> progress = new ArrayList<>();

        assertThatExceptionOfType(BrokersException.class)
                .isThrownBy(() -> Brokers.reach(config, Duration.ofSeconds(7), progress::add))
                .withMessageContaining("127.0.0.1:1");
        assertThat(progress).isNotEmpty().allSatisfy(line -> assertThat(line).contains("trying again"));
    }

    @Test
    void catalogFollowsItsTopicsAlsoAfterARestart() {
        deployment.createAll();
        Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
        produce("spring", campaign("spring"));
        produce("museum", campaign("museum"));
        LiveCatalog first = new LiveCatalog();
        try (Wire wire = deployment.wire();
                KafkaStreams streams = streams(wire, first, refusals)) {
            streams.start();
            await().atMost(Deployment.SOON)
                    .until(() -> first.campaignsFor("preroll").size() == 2);

            tombstone("museum");
            await().atMost(Deployment.SOON).until(() -> first.campaign("museum").isEmpty());
        }
        produce("rubbish", new byte[] {9, 9, 9, 9, 9, 9});
        LiveCatalog second = new LiveCatalog();
        try (Wire wire = deployment.wire();
                KafkaStreams streams = streams(wire, second, refusals)) {
            streams.start();
            await().atMost(Deployment.SOON).until(() -> streams.state() == KafkaStreams.State.RUNNING);

            assertThat(second.campaignsFor("preroll"))
                    .extracting(millrace.catalog.Campaign::id)
                    .containsExactly("spring");
            assertThat(refusals).singleElement().satisfies(refusal -> {
                assertThat(refusal.key()).isEqualTo("rubbish");
                assertThat(refusal.offset()).isEqualTo(3);
            });
        }
    }

    private KafkaStreams streams(Wire wire, LiveCatalog catalog, Queue<Refusal> refusals) {
        Config config =
                deployment.config("state.dir=" + folder.resolve("state"), "application.id=" + topics.campaigns());
        // A topology of global stores alone has no stream thread and never says that it runs.
        Topology topology = new Topology()
                .addSource(
                        "notices",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.notices().name())
                .addProcessor("nothing", Nothing::new, "notices");
        CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));
        new CatalogTopics(topics, catalog, refusals::add)
                .addTo(topology, CatalogTopics.Readers.over(wire, rules, why -> true));
        return new KafkaStreams(topology, StreamsSettings.of(config));
    }

    private byte[] campaign(String id) {
        try (Wire wire = deployment.wire()) {
            wire.register(
                    Map.of(topics.campaigns().name(), Campaign.getClassSchema()),
                    RegistrationPolicy.DEFAULT,
                    line -> {});
            return wire.writer(topics.campaigns().name(), Campaign.class)
                    .write(Campaign.newBuilder()
                            .setId(id)
                            .setAdvertiser("acme.example")
                            .setCurrency("EUR")
                            .setPriceCpmMicros(1)
                            .setPool(Pool.newBuilder()
                                    .setUpstreams(List.of("alpha"))
                                    .build())
                            .build());
        }
    }

    @SuppressWarnings("NullAway") // A tombstone is a null value.
    private void tombstone(String key) {
        produce(key, null);
    }

    private void produce(String key, byte[] value) {
        try (Producer<String, byte[]> producer = deployment.producer()) {
            Deployment.write(producer, new ProducerRecord<>(topics.campaigns().name(), key, value));
        }
    }

    private static final class Nothing implements Processor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}

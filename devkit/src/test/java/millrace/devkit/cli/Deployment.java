package millrace.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.config.TopicCheck;
import millrace.config.WireSettings;
import millrace.devkit.broker.EmbeddedBroker;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics of one test's own, by their prefix, on a broker and a registry that many tests share. */
final class Deployment {
    static final Duration SOON = Duration.ofSeconds(30);
    static final int PARTITIONS = 4;

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final String prefix = "t" + TESTS.incrementAndGet() + ".";

    Deployment(EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    Topics topics() {
        return Topics.prefixed(prefix);
    }

    /** As the environment of a command would say it. */
    Map<String, String> environment() {
        return Map.of(
                "MILLRACE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "MILLRACE_REGISTRY_URLS", registry.url(),
                "MILLRACE_TOPICS_PREFIX", prefix,
                "MILLRACE_TOPICS_PARTITIONS", Integer.toString(PARTITIONS));
    }

    Config config(String... sets) {
        return value(ConfigLoader.load(new ConfigSources(Optional.empty(), environment(), List.of(sets))));
    }

    Wire wire() {
        return Wire.open(WireSettings.registry(config()));
    }

    void createAll() {
        try (Brokers brokers = Brokers.reach(config(), SOON, line -> {})) {
            value(new TopicCheck(config(), brokers).pipeline());
        }
    }

    void create(String topic, int partitions, Map<String, String> settings) {
        NewTopic created = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
        try (Admin admin = Admin.create(ClientSettings.admin(config()))) {
            admin.createTopics(Set.of(created)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                ClientSettings.producer(config()), new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes one record and waits until it stands. */
    static void write(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** From the beginning of every partition. */
    Consumer<String, byte[]> consumer(Topic<?> topic) {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                ClientSettings.consumer(config(), true), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        assertThat(partitions).isNotEmpty();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    List<ConsumerRecord<String, byte[]>> records(Topic<?> topic, int count) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = consumer(topic)) {
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }

    static <T> T value(Checked<T> checked) {
        return switch (checked) {
            case Checked.Valid<T>(T value) -> value;
            case Checked.Invalid<T>(List<Fault> faults) -> throw new AssertionError(faults.toString());
        };
    }

    static <T> List<Fault> faults(Checked<T> checked) {
        return switch (checked) {
            case Checked.Valid<T> _ -> List.of();
            case Checked.Invalid<T>(List<Fault> faults) -> faults;
        };
    }
}

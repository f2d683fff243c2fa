package millrace.devkit.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void committedTransactionIsReadByAGroup() throws Exception {
        broker.createTopics(new NewTopic("committed", 2, (short) 1));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "t1"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("committed", "k", "aborted")).get(10, TimeUnit.SECONDS);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("committed", "k", "kept")).get(10, TimeUnit.SECONDS);
            producer.commitTransaction();
        }

        assertThat(read(broker, "committed", 1)).containsExactly("kept");
    }

    @Test
    void topicIsNotCreatedByUsingIt() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nowhere"))
                            .allTopicNames()
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("UnknownTopicOrPartition");
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS)).doesNotContain("nowhere");
        }
    }

    @Test
    void dataAndAddressOutliveARestart() throws Exception {
        broker.createTopics(new NewTopic("kept", 1, (short) 1));
        write(broker, "kept", "before");
        String address = broker.bootstrapServers();

        broker.stop();
        broker.start();

        assertThat(broker.bootstrapServers()).isEqualTo(address);
        write(broker, "kept", "after");
        assertThat(read(broker, "kept", 2)).containsExactly("before", "after");
    }

    @Test
    void givenDirectoryServesAnotherBrokerAndIsLeftAlone(@TempDir Path directory) throws Exception {
        BrokerOptions options = BrokerOptions.DEFAULT.in(directory).with("num.io.threads", "2");
        try (EmbeddedBroker first = EmbeddedBroker.started(options)) {
            first.createTopics(new NewTopic("kept", 1, (short) 1));
            write(first, "kept", "one");
        }
        assertThat(Files.exists(directory.resolve("meta.properties"))).isTrue();
        try (EmbeddedBroker second = EmbeddedBroker.started(options)) {
            assertThat(read(second, "kept", 1)).containsExactly("one");
        }
    }

    @Test
    void fixedPortThatIsTakenIsReported() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerOptions options = BrokerOptions.DEFAULT.onPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedBroker.started(options))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("broker does not start on port " + taken.getLocalPort());
        }
    }

    @Test
    void topicThatExistsCannotBeCreatedAgain() {
        broker.createTopics(new NewTopic("once", 1, (short) 1));

        assertThatThrownBy(() -> broker.createTopics(new NewTopic("once", 1, (short) 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already exists");
    }

    private static void write(EmbeddedBroker to, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", to.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(EmbeddedBroker from, String topic, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                from.bootstrapServers(),
                "group.id",
                "readers-of-" + topic,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> values.add(each.value()));
            }
        }
        return values;
    }
}

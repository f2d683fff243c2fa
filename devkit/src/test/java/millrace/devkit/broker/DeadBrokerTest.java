package millrace.devkit.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import millrace.devkit.process.JavaProcess;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadBrokerTest {
    private static final int PARTITIONS = 12;
    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    Path folder;

    @Test
    void transactionThatABrokersDeathLeftOpenHoldsNobodyUpForEver() throws Exception {
        int port = freePort();
        try (JavaProcess broker = start(port)) {
            createTopic(port);
            var abandoned = producer(port, "open");
            abandoned.initTransactions();
            abandoned.beginTransaction();
            sendToAll(abandoned, "rolled back");
            broker.kill();
        }
        try (JavaProcess again = start(port);
                var producer = producer(port, "committing")) {
            assertThat(again.isAlive()).isTrue();
            producer.initTransactions();
            producer.beginTransaction();
            sendToAll(producer, "kept");
            producer.commitTransaction();

            assertThat(readCommitted(port)).hasSize(PARTITIONS).containsOnly("kept");
        }
    }

    private JavaProcess start(int port) {
        return JavaProcess.start(
                folder.resolve("broker.log"),
                SMALL,
                BrokerMain.class.getName(),
                List.of(Integer.toString(port), folder.resolve("data").toString()));
    }

    private static void createTopic(int port) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic("held", PARTITIONS, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(int port, String transactionalId) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + port,
                        "transactional.id",
                        transactionalId,
                        "transaction.timeout.ms",
                        3000),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void sendToAll(KafkaProducer<String, String> producer, String value) throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>("held", partition, "k", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> readCommitted(int port) {
        List<String> read = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + port,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(consumer.partitionsFor("held").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (read.size() < PARTITIONS && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
            }
        }
        return read;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

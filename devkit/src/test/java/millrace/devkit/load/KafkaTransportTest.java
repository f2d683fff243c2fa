package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import millrace.devkit.broker.EmbeddedBroker;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One topic stands for both ends, so that what is sent is what is received. */
class KafkaTransportTest {

    private static final String TOPIC = "echo";
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        broker.createTopics(new NewTopic(TOPIC, 4, (short) 1));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentAfterListeningIsReceivedOnceAndNothingOlder(AnswerReader reader) {
        try (var before = new KafkaTransport(broker.bootstrapServers(), TOPIC, TOPIC, reader)) {
            before.listen();
            before.send("k".getBytes(UTF_8), "older".getBytes(UTF_8));
            await().until(() -> received(before), List.of("older")::equals);
        }
        try (var transport = new KafkaTransport(broker.bootstrapServers(), TOPIC, TOPIC, reader)) {
            transport.listen();
            List<String> all = new ArrayList<>();

            for (int i = 0; i < 100; i++) {
                transport.send(("user " + i).getBytes(UTF_8), ("request " + i).getBytes(UTF_8));
            }

            await().until(() -> {
                all.addAll(received(transport));
                return all.size() >= 100;
            });
            assertThat(all).hasSize(100).doesNotHaveDuplicates().contains("request 0", "request 99");
        }
    }

    @Test
    void anAnswerTopicThatIsNotThereIsNamed() {
        try (var transport = new KafkaTransport(broker.bootstrapServers(), TOPIC, "nowhere", AnswerReader.COMMITTED)) {
            assertThatThrownBy(transport::listen).hasMessageContaining("nowhere");
        }
    }

    private static List<String> received(KafkaTransport transport) {
        List<String> values = new ArrayList<>();
        transport.receive(Duration.ofMillis(200), bytes -> values.add(new String(bytes, UTF_8)));
        return values;
    }
}

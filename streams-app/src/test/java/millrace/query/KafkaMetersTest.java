package millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    private static final String LAG = "kafka.consumer.fetch.manager.records.lag.max";

    private final SimpleMeterRegistry registry = KafkaMeters.limited(new SimpleMeterRegistry());

    private void publish(String name, String... tags) {
        Gauge.builder(name, () -> 1).tags(tags).register(registry);
    }

    private List<Meter.Id> published() {
        return registry.getMeters().stream().map(Meter::getId).toList();
    }

    @Test
    void ofKafkaOnlyWhatIsKeptIsPublishedAndOurOwnIsLeftAlone() {
        publish(LAG, "client.id", "c");
        publish("kafka.consumer.io.ratio", "client.id", "c");
        publish("millrace.decision.inflight", "any", "tag");

        assertThat(published())
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder(LAG, "millrace.decision.inflight");
    }

    @Test
    void figuresOfSinglePartitionsAreNot() {
        publish(LAG, "client.id", "c", "topic", "ad-requests", "partition", "3");

        assertThat(published()).isEmpty();
    }

    @Test
    void seriesOutliveTheProcessThatBeganThem() {
        for (int start = 0; start < 3; start++) {
            publish(
                    LAG,
                    "client.id",
                    "millrace-" + UUID.randomUUID() + "-StreamThread-1-consumer",
                    "kafka.version",
                    "4." + start);
            publish("kafka.stream.alive.stream.threads", "client.id", "millrace-" + UUID.randomUUID());
        }

        assertThat(published())
                .extracting(id -> id.getTag("client.id"))
                .containsExactlyInAnyOrder("StreamThread-1-consumer", "streams");
        assertThat(published()).allSatisfy(id -> assertThat(id.getTag("kafka.version")).isNull());
    }
}

package millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    private static final String FETCHES = "consumer-fetch-manager-metrics";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaMeters meters = KafkaMeters.on(registry);
    private final Map<MetricName, Metric> client = new HashMap<>();

    private record Figure(MetricName metricName, Object metricValue) implements Metric {}

    private void has(String group, String name, Object value, Map<String, String> tags) {
        MetricName metric = new MetricName(name, group, "", tags);
        client.put(metric, new Figure(metric, value));
    }

    private List<String> published() {
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void figureOfAClientIsPublishedAndThoseOfItsPartitionsAreNot() {
        has(FETCHES, "records-lag-max", 7.0, Map.of("client-id", "c"));
        has(FETCHES, "records-lag-max", 8.0, Map.of("client-id", "c", "topic", "ad-requests", "partition", "3"));
        has("consumer-metrics", "io-ratio", 0.5, Map.of("client-id", "c"));
        has("stream-metrics", "state", "RUNNING", Map.of("client-id", "c"));

        meters.watch(() -> client);

        assertThat(published()).containsExactly("kafka_consumer_fetch_manager_records_lag_max{client_id=\"c\"} 7.0");
    }

    @Test
    void whatIsATotalIsACounter() {
        has("consumer-coordinator-metrics", "rebalance-total", 2.0, Map.of("client-id", "c"));

        meters.watch(() -> client);

        assertThat(registry.scrape())
                .contains("# TYPE kafka_consumer_coordinator_rebalance_total counter")
                .contains("kafka_consumer_coordinator_rebalance_total{client_id=\"c\"} 2.0");
    }

    @Test
    void seriesOutliveTheProcessThatBeganThem() {
        String process = "millrace-" + UUID.randomUUID();
        has(FETCHES, "records-lag-max", 1.0, Map.of("client-id", process + "-StreamThread-1-consumer"));
        has("stream-metrics", "alive-stream-threads", 1, Map.of("client-id", process));

        meters.watch(() -> client);

        assertThat(published())
                .containsExactly(
                        "kafka_consumer_fetch_manager_records_lag_max{client_id=\"StreamThread-1-consumer\"} 1.0",
                        "kafka_stream_alive_stream_threads{client_id=\"streams\"} 1.0");
    }

    @Test
    void clientThatIsClosedIsNotAskedAnyMore() {
        has(FETCHES, "records-lag-max", 1.0, Map.of("client-id", "c"));

        meters.watch(() -> client).close();

        assertThat(published()).isEmpty();
    }
}

package millrace.query;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What Kafka Streams and Kafka's clients say of themselves, as far as an operator asks for it: of the thousands of figures that they have, one for each
 * partition, topic and node, only those of {@link #KEPT} are published, and those for each client only. They are read when somebody asks; a client
 * that comes or goes is seen at once. (Micrometer's binder takes the figure of a client for that of a partition away, and looks once a minute.)
 */
public final class KafkaMeters implements MultiCollector {
    /** By group and name, as Kafka writes them. */
    static final Set<String> KEPT = Set.of(
            "stream-metrics/alive-stream-threads",
            "stream-metrics/failed-stream-threads",
            "stream-thread-metrics/commit-latency-avg",
            "stream-thread-metrics/commit-latency-max",
            "stream-thread-metrics/process-rate",
            "stream-thread-metrics/process-latency-max",
            "stream-thread-metrics/task-closed-total",
            "stream-thread-metrics/task-created-total",
            "consumer-coordinator-metrics/assigned-partitions",
            "consumer-coordinator-metrics/failed-rebalance-total",
            "consumer-coordinator-metrics/rebalance-total",
            "consumer-fetch-manager-metrics/fetch-latency-avg",
            "consumer-fetch-manager-metrics/records-consumed-rate",
            "consumer-fetch-manager-metrics/records-lag-max",
            "producer-metrics/buffer-available-bytes",
            "producer-metrics/record-error-total",
            "producer-metrics/record-queue-time-max",
            "producer-metrics/record-retry-total",
            "producer-metrics/record-send-rate",
            "producer-metrics/request-latency-avg");

    private static final Set<String> OF_A_CLIENT = Set.of("client-id", "thread-id");
    private static final String TOTAL = "_total";
    /** The process's own number: with it, every start would begin new series. */
    private static final Pattern PROCESS = Pattern.compile("^.*?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-?");

    private final List<Supplier<? extends Map<MetricName, ? extends Metric>>> clients = new CopyOnWriteArrayList<>();

    /** Publishes on that registry. */
    public static KafkaMeters on(PrometheusMeterRegistry registry) {
        KafkaMeters meters = new KafkaMeters();
        registry.getPrometheusRegistry().register(meters);
        return meters;
    }

    /** Publishes a client's figures until what is given is closed. */
    public Watch watch(Supplier<? extends Map<MetricName, ? extends Metric>> client) {
        clients.add(client);
        return () -> clients.remove(client);
    }

    /** A client that is watched. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Map<String, Double>> figures = new TreeMap<>();
        for (Supplier<? extends Map<MetricName, ? extends Metric>> client : clients) {
            client.get().forEach((name, metric) -> {
                if (isKept(name) && metric.metricValue() instanceof Number value) {
                    figures.computeIfAbsent(written(name), _ -> new TreeMap<>()).put(client(name), value.doubleValue());
                }
            });
        }
        return new MetricSnapshots(figures.entrySet().stream()
                .map(figure -> snapshot(figure.getKey(), figure.getValue()))
                .toList());
    }

    private static boolean isKept(MetricName name) {
        return KEPT.contains(name.group() + "/" + name.name())
                && OF_A_CLIENT.containsAll(name.tags().keySet());
    }

    private static String written(MetricName name) {
        String group = name.group().substring(0, name.group().length() - "-metrics".length());
        return "kafka_" + (group + "_" + name.name()).replace('-', '_');
    }

    private static String client(MetricName name) {
        Collection<String> ids = name.tags().values();
        String rest =
                ids.isEmpty() ? "" : PROCESS.matcher(ids.iterator().next()).replaceFirst("");
        return rest.isEmpty() ? "streams" : rest;
    }

    private static MetricSnapshot snapshot(String name, Map<String, Double> byClient) {
        if (name.endsWith(TOTAL)) {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(name.substring(0, name.length() - TOTAL.length()));
            byClient.forEach((client, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of("client_id", client))
                    .value(Math.max(0, value))
                    .build()));
            return counter.build();
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name);
        byClient.forEach((client, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("client_id", client))
                .value(value)
                .build()));
        return gauge.build();
    }
}

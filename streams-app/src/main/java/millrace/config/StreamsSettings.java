package millrace.config;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The one place that says how Kafka Streams is set up, and why. */
public final class StreamsSettings {
    private static final String THE_TOPOLOGY = "the topology depends on it";

    /** What {@code kafka.streams} may not change, with what to do instead. */
    static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, "use application.id"),
            Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "use kafka.bootstrap.servers"),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, "use state.dir"),
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "use streams.guarantee"),
            Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, THE_TOPOLOGY),
            Map.entry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, THE_TOPOLOGY),
            Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, THE_TOPOLOGY),
            Map.entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, "use state.blocks and state.writes"));

    private final Config config;
    private final Properties properties = new Properties();

    private StreamsSettings(Config config) {
        this.config = config;
    }

    /** The properties of {@code KafkaStreams} for this configuration. */
    public static Properties of(Config config) {
        StreamsSettings settings = new StreamsSettings(config);
        settings.timing();
        settings.failures();
        settings.state();
        settings.properties.putAll(config.get(Settings.KAFKA_CLIENT));
        settings.properties.putAll(config.get(Settings.KAFKA_STREAMS));
        settings.identity();
        return settings.properties;
    }

    private void identity() {
        put(StreamsConfig.APPLICATION_ID_CONFIG, config.get(Settings.APPLICATION_ID));
        put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.get(Settings.KAFKA_BOOTSTRAP_SERVERS)));
        put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                config.get(Settings.STREAMS_GUARANTEE).kafka());
        // The streams protocol takes its standbys and timeouts from the broker, and ignores the client supplier.
        put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // Requests, events and grants of one task are taken as they come: none waits for another topic's silence.
        put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1");
        // A store whose name changes loses its state, so none may be numbered.
        put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    }

    private void timing() {
        put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.get(Settings.STREAMS_THREADS));
        put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Settings.STREAMS_COMMIT_INTERVAL);
        // An answer of an upstream waits at most this long for a stream thread that has nothing to read.
        put(StreamsConfig.POLL_MS_CONFIG, Settings.STREAMS_POLL);
        // Kafka Streams' own default is 100 ms, a third of a decision's time.
        put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), Settings.STREAMS_LINGER);
        put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                config.get(Settings.STREAMS_RECORDS_MAX));
        put(
                StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG,
                config.get(Settings.STREAMS_METRICS).name());
    }

    private void failures() {
        // A bug ends the thread of the global stores as it ends a stream thread. Written out, since the constant is
        // deprecated: Kafka 5 always has it on.
        put("processing.exception.handler.global.enabled", "true");
        // An open transaction of a dead instance holds every committed reader back until it is rolled back.
        put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Settings.STREAMS_TRANSACTION_TIMEOUT);
        Duration session = config.get(Settings.STREAMS_SESSION_TIMEOUT);
        put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session.toMillis());
        put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session.toMillis() / 3);
        put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, Settings.STREAMS_PROBING_INTERVAL);
        put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.get(Settings.STREAMS_STANDBY_REPLICAS));
        put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.get(Settings.TOPICS_REPLICATION));
    }

    private void state() {
        put(StreamsConfig.STATE_DIR_CONFIG, config.get(Settings.STATE_DIR));
        put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, config.get(Settings.STATE_CACHE));
        put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.class.getName());
        put(RocksMemory.BLOCK_BYTES, config.get(Settings.STATE_BLOCKS));
        put(RocksMemory.WRITE_BYTES, config.get(Settings.STATE_WRITES));
    }

    private void put(String key, Setting<Duration> setting) {
        put(key, config.get(setting).toMillis());
    }

    private void put(String key, Object value) {
        properties.put(key, value.toString());
    }
}

package millrace.config;

import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Properties of the Kafka clients that Millrace makes itself. */
public final class ClientSettings {
    private ClientSettings() {}

    /** Of an admin client, and what the other clients begin with. */
    public static Properties admin(Config config) {
        Properties properties = new Properties();
        properties.putAll(config.get(Settings.KAFKA_CLIENT));
        properties.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                String.join(",", config.get(Settings.KAFKA_BOOTSTRAP_SERVERS)));
        return properties;
    }

    /** Of a producer that loses and repeats nothing. */
    public static Properties producer(Config config) {
        Properties properties = admin(config);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        return properties;
    }

    /** Of a consumer without a group, which is told its partitions and positions. */
    public static Properties consumer(Config config, boolean committedOnly) {
        Properties properties = admin(config);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committedOnly ? "read_committed" : "read_uncommitted");
        return properties;
    }

    /** Of a consumer in a group, which is taken for dead as soon as an instance of the pipeline would be. */
    public static Properties member(Config config, String group, boolean committedOnly) {
        Properties properties = consumer(config, committedOnly);
        int session = (int) config.get(Settings.STREAMS_SESSION_TIMEOUT).toMillis();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        properties.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 3);
        return properties;
    }
}

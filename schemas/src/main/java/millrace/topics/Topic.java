package millrace.topics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic. Keys are UTF-8 strings; values are {@code value} in the Confluent wire format.
 *
 * @param name as brokers know it, prefix included
 * @param value class of the records
 * @param keyedBy what the key is, in words
 * @param cleanup how long records stay
 * @param timestamps who sets their timestamps
 * @param spread how many partitions it must have
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> value, String keyedBy, Cleanup cleanup, Timestamps timestamps, Spread spread) {

    /** What a topic of this kind must be created with. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy());
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps.setting());
        if (cleanup instanceof Cleanup.Delete(var retention)) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        return settings;
    }

    /** @param ofRequests the partition count of ad-requests */
    public int partitions(int ofRequests) {
        return spread == Spread.SINGLE ? 1 : ofRequests;
    }

    @Override
    public String toString() {
        return name;
    }
}

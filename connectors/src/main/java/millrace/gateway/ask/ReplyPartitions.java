package millrace.gateway.ask;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Which partition of the reply topic is this gateway's: gateways form a consumer group over it, whose assignment says who owns what, and from which nobody
 * reads. Of what it owns a gateway names one, so that a transaction of the pipeline writes to few. One that it must let go is kept until there is
 * another: two that name the same for a moment both read it, and each finds its own answers. For one thread.
 */
final class ReplyPartitions implements AutoCloseable {
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> member;
    private final TreeSet<Integer> owned = new TreeSet<>();
    private OptionalInt named = OptionalInt.empty();

    /** @param settings of a member of the gateways' group */
    ReplyPartitions(Properties settings, String topic) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.member = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        member.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> more) {
                member.pause(more);
                more.forEach(partition -> owned.add(partition.partition()));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> less) {
                less.forEach(partition -> owned.remove(partition.partition()));
            }
        });
    }

    /** Takes part in the group; quick while nothing changes. */
    void poll() {
        var _ = member.poll(Duration.ZERO);
        boolean keeps = named.isPresent() && owned.contains(named.getAsInt());
        if (!keeps && !owned.isEmpty()) {
            named = OptionalInt.of(owned.first());
        }
    }

    /** The one to name in requests; empty until the group has given one. */
    OptionalInt named() {
        return named;
    }

    String topic() {
        return topic;
    }

    @Override
    public void close() {
        member.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

package millrace.notifier;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import millrace.schemas.FiredNotice;
import millrace.topics.Topic;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads back what was done with the notices of a partition that are not below its committed offset. For one thread. */
final class FiredLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FiredLog.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String BEGIN = "fired=";

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final WireReader<FiredNotice> reader;

    /** @param settings of a consumer of committed records without a group */
    FiredLog(Properties settings, Topic<FiredNotice> topic, Wire wire) {
        this.topic = topic.name();
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.reader = wire.reader(topic.value());
    }

    /** As it is written beside a committed offset. */
    static String metadata(long readBackFrom) {
        return BEGIN + readBackFrom;
    }

    /** The book of a partition from its committed offset on. */
    PartitionBook book(int partition, long next, String metadata) {
        TopicPartition of = new TopicPartition(topic, partition);
        consumer.assign(List.of(of));
        long first = consumer.beginningOffsets(List.of(of)).getOrDefault(of, 0L);
        long end = consumer.endOffsets(List.of(of)).getOrDefault(of, 0L);
        consumer.seek(of, Math.clamp(from(metadata), first, end));
        Map<Long, Long> recorded = new HashMap<>();
        Set<String> ids = new HashSet<>();
        while (consumer.position(of) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read(record, next, recorded, ids);
            }
        }
        return new PartitionBook(next, end, recorded, ids);
    }

    private void read(ConsumerRecord<byte[], byte[]> record, long next, Map<Long, Long> recorded, Set<String> ids) {
        try {
            FiredNotice fired = reader.readOrWait(record.value());
            if (fired.getOffset() >= next) {
                recorded.merge(fired.getOffset(), record.offset(), Math::min);
                ids.add(fired.getId());
            }
        } catch (MalformedRecordException e) {
            LOG.atWarn().addKeyValue("offset", record.offset()).log("a record of fired notices cannot be read");
        }
    }

    private static long from(String metadata) {
        try {
            return metadata.startsWith(BEGIN) ? Long.parseLong(metadata.substring(BEGIN.length())) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

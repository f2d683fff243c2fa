package millrace.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.topics.Topic;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of one topic from its beginning, as far as it is told each time. For one thread. */
final class TopicScan<V extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final WireReader<V> reader;
    private final java.util.function.Consumer<V> records;
    private long unreadable;

    TopicScan(Config config, Wire wire, Topic<V> topic, java.util.function.Consumer<V> records) {
        Properties properties = ClientSettings.consumer(config, true);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()))
                .toList();
        this.reader = wire.reader(topic.value());
        this.records = records;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Where what is committed now ends. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /**
     * Hands over every record before these offsets that was not handed over yet.
     *
     * @param progress is called after each batch
     */
    void readTo(Map<TopicPartition, Long> ends, Runnable progress) {
        consumer.resume(partitions);
        while (true) {
            List<TopicPartition> done = partitions.stream()
                    .filter(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))
                    .collect(Collectors.toList());
            if (done.size() == partitions.size()) {
                return;
            }
            consumer.pause(done);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read(record);
            }
            progress.run();
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            records.accept(reader.readOrWait(record.value()));
        } catch (MalformedRecordException e) {
            unreadable++;
        }
    }

    /** How many records were not of the topic's type. */
    long unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

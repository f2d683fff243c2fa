package millrace.devkit.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to one topic, answers from all partitions of another, beginning at its end. In no consumer group: nothing is committed, and
 * nobody's partitions move. A request that cannot be sent is logged once and counts as lost.
 */
public final class KafkaTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransport.class);

    private static final Duration PAUSE = Duration.ofMillis(2);

    private final String requestTopic;
    private final String answerTopic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicBoolean warned = new AtomicBoolean();

    public KafkaTransport(String bootstrapServers, String requestTopic, String answerTopic, AnswerReader reader) {
        this.requestTopic = requestTopic;
        this.answerTopic = answerTopic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // Two thousand requests a second in batches of ten instead of one by one.
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        64 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        reader.isolation(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        // Loopback does not flip bits, and the processor is shared with what is measured.
                        ConsumerConfig.CHECK_CRCS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void listen() {
        List<TopicPartition> partitions = consumer.partitionsFor(answerTopic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic " + answerTopic + " does not exist");
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: without asking, the end would be that of the first poll.
        partitions.forEach(consumer::position);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of a failure.
    public void send(byte[] key, byte[] request) {
        producer.send(new ProducerRecord<>(requestTopic, key, request), (metadata, failure) -> warn(failure));
    }

    private void warn(@Nullable Exception failure) {
        if (failure != null && warned.compareAndSet(false, true)) {
            LOG.atWarn().setCause(failure).log("a request was not sent; it counts as lost, as others like it will");
        }
    }

    @Override
    public void receive(Duration atMost, Consumer<byte[]> answers) {
        for (ConsumerRecord<byte[], byte[]> answer : consumer.poll(atMost)) {
            answers.accept(answer.value());
        }
        // Answers that trickle in would otherwise each cost a fetch. It is counted in their latencies.
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }
}

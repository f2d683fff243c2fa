package millrace.notifier;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import millrace.schemas.DeadLetter;
import millrace.schemas.FiredNotice;
import millrace.topics.Topics;
import millrace.wire.Wire;
import millrace.wire.WireWriter;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes what became of notices, dead letters and offsets, all in one transaction. It is refused when the partitions have gone to another notifier in the
 * meantime: so that one cannot begin a billing notice any more. For one thread.
 */
final class Written implements AutoCloseable {
    private static final int LONGEST_VALUE = 256 * 1024;

    private final Topics topics;
    private final Producer<String, byte[]> producer;
    private final WireWriter<FiredNotice> fired;
    private final WireWriter<DeadLetter> letters;

    /** @param producer its transactions begun never before */
    Written(Topics topics, Producer<String, byte[]> producer, Wire wire) {
        this.topics = topics;
        this.producer = producer;
        this.fired = wire.writer(topics.noticesFired().name(), FiredNotice.class);
        this.letters = wire.writer(topics.deadLetters().name(), DeadLetter.class);
        producer.initTransactions();
    }

    /** A record of a notice, to be written. */
    record Line(Owed owed, FiredNotice what) {}

    /** A record that was no notice, or one that was given up. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
    record Letter(String reason, String message, int partition, long offset, long timestamp, byte[] value) {}

    /**
     * All or nothing.
     *
     * @return where each line stands now
     * @throws KafkaException and then nothing was written
     */
    Map<Line, Long> write(
            List<Line> lines,
            List<Letter> refused,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        producer.beginTransaction();
        try {
            Map<Line, Future<RecordMetadata>> sent = new HashMap<>();
            for (Line line : lines) {
                sent.put(
                        line,
                        producer.send(new ProducerRecord<>(
                                topics.noticesFired().name(),
                                line.owed().partition(),
                                line.what().getId(),
                                fired.write(line.what()))));
            }
            for (Letter letter : refused) {
                var _ = producer.send(
                        new ProducerRecord<>(topics.deadLetters().name(), key(letter), letters.write(record(letter))));
            }
            producer.sendOffsetsToTransaction(offsets, group);
            producer.commitTransaction();
            return places(sent);
        } catch (KafkaException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    private static Map<Line, Long> places(Map<Line, Future<RecordMetadata>> sent) {
        Map<Line, Long> places = new HashMap<>();
        sent.forEach((line, future) -> {
            try {
                places.put(line, future.get().offset());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a committed record has no place", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted, although it is committed", e);
            }
        });
        return places;
    }

    private String key(Letter letter) {
        return topics.notices() + "-" + letter.partition() + "-" + letter.offset();
    }

    private DeadLetter record(Letter letter) {
        boolean truncated = letter.value().length > LONGEST_VALUE;
        return DeadLetter.newBuilder()
                .setReason(letter.reason())
                .setMessage(letter.message())
                .setStage("notifier")
                .setTopic(topics.notices().name())
                .setPartition(letter.partition())
                .setOffset(letter.offset())
                .setTimestamp(letter.timestamp())
                .setKey(null)
                .setValue(ByteBuffer.wrap(letter.value(), 0, truncated ? LONGEST_VALUE : letter.value().length))
                .setTruncated(truncated)
                .setHeaders(Map.of())
                .build();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}

package millrace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import millrace.catalog.Refusal;
import millrace.check.Fault;
import millrace.schemas.DeadLetter;
import millrace.topics.Topic;
import millrace.wire.Wire;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes catalog records that were refused to dead-letters. The global stores have no way out of the topology, so this has a
 * producer of its own; every instance reads the catalog, so the same letter can come once an instance, under one key.
 */
final class RefusedRecords implements AutoCloseable {
    /** What a letter holds of a record and says of it, so that it is never more than brokers take. */
    private static final int VALUE_BYTES = 256 * 1024;

    private static final int MESSAGE_CHARACTERS = 32 * 1024;

    private final Producer<String, DeadLetter> producer;
    private final Topic<DeadLetter> topic;

    RefusedRecords(Properties properties, Topic<DeadLetter> topic, Wire wire) {
        // A broker that is away must not hold up the catalog for longer than this.
        properties.put("max.block.ms", "1000");
        this.producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                wire.serde(topic.name(), DeadLetter.class).serializer());
        this.topic = topic;
    }

    void write(Refusal refusal) {
        String faults = refusal.faults().stream().map(Fault::toString).collect(Collectors.joining("; "));
        byte[] value = refusal.value();
        boolean truncated = value.length > VALUE_BYTES;
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason("catalog_refused")
                .setMessage(faults.substring(0, Math.min(faults.length(), MESSAGE_CHARACTERS)))
                .setStage("catalog")
                .setTopic(refusal.topic())
                .setPartition(refusal.partition())
                .setOffset(refusal.offset())
                .setTimestamp(refusal.timestamp())
                .setKey(ByteBuffer.wrap(refusal.key().getBytes(StandardCharsets.UTF_8)))
                .setValue(ByteBuffer.wrap(value, 0, truncated ? VALUE_BYTES : value.length))
                .setTruncated(truncated)
                .setHeaders(Map.of())
                .build();
        String key = refusal.topic() + "-" + refusal.partition() + "-" + refusal.offset();
        var _ = producer.send(new ProducerRecord<>(topic.name(), key, letter));
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(2));
    }
}

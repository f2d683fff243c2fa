package millrace.devkit.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that nobody can read, on every topic that the pipeline reads. Each must become a dead letter and stop nothing. */
final class Poison implements AutoCloseable {
    private static final int LONG = 600 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Topic<?>> inputs;
    private final byte[] stranger;
    private final Set<String> origins = ConcurrentHashMap.newKeySet();

    Poison(Clients clients, Wire wire, Topics topics) {
        this.producer = clients.producer();
        this.inputs = List.of(
                topics.adRequests(),
                topics.adRequestsMoved(),
                topics.adEvents(),
                topics.budgetGrants(),
                topics.budgetRequests(),
                topics.campaigns(),
                topics.upstreams(),
                topics.placements());
        this.stranger = wire.writer(topics.notices().name(), Notice.class)
                .write(Notice.newBuilder()
                        .setId("stranger")
                        .setKind(NoticeKind.OTHER)
                        .setUrl("https://elsewhere.example/")
                        .setRequestId("none")
                        .setSlotId("none")
                        .setAt(0)
                        .build());
    }

    /** One of each kind for each topic, drawn from the step's seed. */
    void pour(long draw) {
        SplittableRandom random = new SplittableRandom(draw);
        for (Topic<?> topic : inputs) {
            Stream.of(noise(random, 64), noise(random, 1), new byte[] {0, 0, 0}, cut(), stranger, noise(random, LONG))
                    .forEach(bytes -> pour(topic.name(), "poison-" + random.nextInt(1_000), bytes));
        }
        producer.flush();
    }

    private void pour(String topic, String key, byte[] value) {
        var _ = producer.send(
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value), (metadata, failure) -> {
                    if (failure == null) {
                        origins.add(origin(metadata.topic(), metadata.partition(), metadata.offset()));
                    }
                });
    }

    /** Begins as nothing of ours does. */
    private static byte[] noise(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) (1 + random.nextInt(127));
        return bytes;
    }

    /** A record that ends in the middle. */
    private byte[] cut() {
        return Arrays.copyOf(stranger, stranger.length / 2);
    }

    static String origin(String topic, int partition, long offset) {
        return topic + "-" + partition + "-" + offset;
    }

    /** Where each that the broker has is. */
    Set<String> origins() {
        return Set.copyOf(origins);
    }

    @Override
    public void close() {
        producer.close();
    }
}

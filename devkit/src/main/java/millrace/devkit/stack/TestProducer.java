package millrace.devkit.stack;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.delivery.Tokens;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdRequest;
import millrace.session.UserKey;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends what publishers, players and operators send. Each method returns when the broker has the record. Safe for any thread. */
public final class TestProducer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Topics topics;
    private final Wire wire;
    private final KafkaProducer<String, byte[]> producer;

    TestProducer(Config config, Topics topics, Wire wire) {
        this.topics = topics;
        this.wire = wire;
        this.producer =
                new KafkaProducer<>(ClientSettings.producer(config), new StringSerializer(), new ByteArraySerializer());
    }

    /** To the partition of its user. */
    public RecordMetadata ask(AdRequest request) {
        return sent(start(request));
    }

    /** As {@link #ask}, but returns at once. */
    public Future<RecordMetadata> start(AdRequest request) {
        return start(request, Map.of());
    }

    /** @param headers such as those of a trace */
    public Future<RecordMetadata> start(AdRequest request, Map<String, byte[]> headers) {
        return send(topics.adRequests().name(), OptionalInt.empty(), keyOf(request), bytes(request), headers);
    }

    /** @param headers such as those that name a reply topic */
    public RecordMetadata ask(AdRequest request, Map<String, byte[]> headers) {
        return sent(send(topics.adRequests().name(), OptionalInt.empty(), keyOf(request), bytes(request), headers));
    }

    /** As a client that hashes keys in its own way. */
    public RecordMetadata askOn(int partition, AdRequest request) {
        return sent(
                send(topics.adRequests().name(), OptionalInt.of(partition), keyOf(request), bytes(request), Map.of()));
    }

    /** The ad with this token was shown. */
    public RecordMetadata shown(String token) {
        return happened(AdEvent.newBuilder()
                .setToken(token)
                .setKind(AdEventKind.IMPRESSION)
                .build());
    }

    /** To the partition that the token names; what is no token goes to the first. */
    public RecordMetadata happened(AdEvent event) {
        return happenedOn(Tokens.partitionOf(event.getToken()).orElse(0), event);
    }

    public RecordMetadata happenedOn(int partition, AdEvent event) {
        byte[] bytes = wire.writer(topics.adEvents().name(), AdEvent.class).write(event);
        return sent(send(topics.adEvents().name(), OptionalInt.of(partition), event.getToken(), bytes, Map.of()));
    }

    /** Any bytes on any topic. */
    public RecordMetadata bytes(String topic, int partition, String key, byte[] value) {
        return sent(send(topic, OptionalInt.of(partition), key, value, Map.of()));
    }

    /** A record of the catalog. */
    <V extends SpecificRecord> RecordMetadata put(Topic<V> topic, String id, V value) {
        byte[] bytes = wire.writer(topic.name(), topic.value()).write(value);
        return sent(send(topic.name(), OptionalInt.empty(), id, bytes, Map.of()));
    }

    public byte[] bytes(AdRequest request) {
        return wire.writer(topics.adRequests().name(), AdRequest.class).write(request);
    }

    private static String keyOf(AdRequest request) {
        return UserKey.of(request).map(UserKey::value).orElse(request.getId());
    }

    private Future<RecordMetadata> send(
            String topic, OptionalInt partition, String key, byte[] value, Map<String, byte[]> headers) {
        Integer fixed = partition.isPresent() ? partition.getAsInt() : null;
        Stream<Header> list = headers.entrySet().stream().map(each -> new RecordHeader(each.getKey(), each.getValue()));
        return producer.send(new ProducerRecord<>(topic, fixed, key, value, List.copyOf(list.toList())));
    }

    private static RecordMetadata sent(Future<RecordMetadata> sending) {
        try {
            return sending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("record was not sent: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}

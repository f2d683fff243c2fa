package millrace.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import millrace.config.BrokersException;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.WireSettings;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import millrace.wire.WireWriter;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends requests and waits for their answers. Requests are keyed by user, so that Kafka's own partitioner puts each where the
 * pipeline keeps that user. For one thread.
 */
final class Asking implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Topic<AdRequest> requests;
    private final Wire wire;
    private final Producer<String, byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final WireWriter<AdRequest> writer;
    private final WireReader<AdResponse> reader;
    /** When each was sent, in {@link System#nanoTime}. */
    private final Map<String, Long> waiting = new HashMap<>();

    private final List<Future<RecordMetadata>> written = new ArrayList<>();

    /** Is ready for answers when it returns: what is sent from now on is not missed. */
    Asking(Config config, boolean committedOnly, Duration patience, Progress progress) {
        Topics topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
        this.requests = topics.adRequests();
        this.wire = Wire.open(WireSettings.registry(config));
        wire.register(
                CatalogPublisher.schemas(List.of(requests)), WireSettings.registration(config, patience), progress::at);
        this.writer = wire.writer(requests.name(), requests.value());
        this.reader = wire.reader(topics.adResponses().value());
        Properties producing = ClientSettings.producer(config);
        producing.put("linger.ms", "0");
        this.producer = new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer());
        Properties consuming = ClientSettings.consumer(config, committedOnly);
        consuming.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        this.consumer = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        readFromNowOn(topics.adResponses().name());
    }

    private void readFromNowOn(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The end is looked up only when it is asked for; later it would be behind the answers.
        partitions.forEach(consumer::position);
    }

    void send(String userKey, AdRequest request) {
        waiting.put(request.getId(), System.nanoTime());
        written.add(producer.send(new ProducerRecord<>(requests.name(), userKey, writer.write(request))));
    }

    /**
     * Waits until every request is answered or the time is over.
     *
     * @param answers takes each answer as it comes, with the time since its request
     * @return how many are still without one
     */
    int await(Duration patience, Progress progress, BiConsumer<AdResponse, Duration> answers) {
        written();
        int all = waiting.size();
        long end = System.nanoTime() + patience.toNanos();
        while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
            for (ConsumerRecord<byte[], byte[]> answer : consumer.poll(POLL)) {
                read(answer.value()).ifPresent(response -> {
                    Long sent = waiting.remove(response.getRequestId());
                    if (sent != null) {
                        progress.close();
                        answers.accept(response, Duration.ofNanos(System.nanoTime() - sent));
                    }
                });
            }
            progress.at(all - waiting.size() + " of " + all + " answered");
        }
        return waiting.size();
    }

    private void written() {
        producer.flush();
        try {
            for (Future<RecordMetadata> request : written) {
                request.get();
            }
        } catch (ExecutionException e) {
            throw new BrokersException("Kafka refused a request: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokersException("interrupted before Kafka had the requests", e);
        }
    }

    /** What cannot be read is nobody's answer. */
    private Optional<AdResponse> read(byte[] bytes) {
        try {
            return Optional.of(reader.readOrWait(bytes));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        wire.close();
    }
}

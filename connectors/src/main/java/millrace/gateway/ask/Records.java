package millrace.gateway.ask;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.topics.Topics;
import millrace.wire.Wire;
import millrace.wire.WireWriter;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes requests and events to their topics. A producer may block its caller while brokers are away, so one thread of this class's own sends, and
 * whoever has a record only queues it: a full queue is told at once. Safe for any thread.
 */
public final class Records implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final Duration END = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Topics topics;
    private final Producer<String, byte[]> producer;
    private final WireWriter<AdRequest> requests;
    private final WireWriter<AdEvent> events;
    private final BlockingQueue<Outgoing> queue;
    private final Thread thread;
    private volatile boolean ended;

    /** @param then told null when Kafka has it */
    private record Outgoing(
            String topic,
            @Nullable Integer partition,
            String key,
            Object value,
            List<Header> headers,
            BooleanSupplier wanted,
            Consumer<@Nullable Exception> then) {}

    /** @param most records that wait to be sent */
    public Records(Topics topics, Producer<String, byte[]> producer, Wire wire, int most) {
        this.topics = topics;
        this.producer = producer;
        this.requests = wire.writer(topics.adRequests().name(), AdRequest.class);
        this.events = wire.writer(topics.adEvents().name(), AdEvent.class);
        this.queue = new ArrayBlockingQueue<>(most);
        this.thread = Thread.ofPlatform().daemon().name("gateway-records").start(this::send);
    }

    /**
     * @param key its user's, by which Kafka's own hash finds the partition
     * @param wanted asked before it is sent: false when nobody waits for the answer any more
     * @param then told null when Kafka has it, else why not
     * @return false when too many are waiting
     */
    public boolean request(
            String key,
            AdRequest request,
            Map<String, byte[]> headers,
            BooleanSupplier wanted,
            Consumer<@Nullable Exception> then) {
        return queue.offer(new Outgoing(topics.adRequests().name(), null, key, request, list(headers), wanted, then));
    }

    /** @return false when too many are waiting */
    public boolean event(
            int partition, AdEvent event, Map<String, byte[]> headers, Consumer<@Nullable Exception> then) {
        return queue.offer(new Outgoing(
                topics.adEvents().name(), partition, event.getToken(), event, list(headers), () -> true, then));
    }

    private static List<Header> list(Map<String, byte[]> headers) {
        return headers.entrySet().stream()
                .<Header>map(header -> new RecordHeader(header.getKey(), header.getValue()))
                .toList();
    }

    private void send() {
        try {
            while (!ended || !queue.isEmpty()) {
                Outgoing next = queue.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null && next.wanted().getAsBoolean()) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the thread that sends records ends");
        }
    }

    private void send(Outgoing next) {
        try {
            byte[] bytes = switch (next.value()) {
                case AdRequest request -> requests.write(request);
                case AdEvent event -> events.write(event);
                default ->
                    throw new IllegalStateException(
                            "nobody writes " + next.value().getClass());
            };
            var _ = producer.send(
                    new ProducerRecord<>(next.topic(), next.partition(), next.key(), bytes, next.headers()),
                    (metadata, failure) -> next.then().accept(failure));
        } catch (KafkaException | IllegalStateException e) {
            // Also Avro's, of a value that does not fit: nobody's thread may end by a stranger's request.
            next.then().accept(e);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("a record cannot be written");
            next.then().accept(e);
        }
    }

    /** What is queued is sent before. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        producer.close(END);
    }
}

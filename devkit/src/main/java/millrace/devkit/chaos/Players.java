package millrace.devkit.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.topics.Topics;
import millrace.wire.Wire;
import millrace.wire.WireWriter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Sends requests and events. Books a request before it is sent, and again when the broker has acknowledged it. For any thread: a writer
 * is not, so each sending takes its turn.
 */
final class Players implements AutoCloseable {
    private final Topics topics;
    private final String replyTopic;
    private final Book book;
    private final InstantSource clock;
    private final KafkaProducer<byte[], byte[]> producer;
    private final WireWriter<AdRequest> requests;
    private final WireWriter<AdEvent> events;

    Players(Clients clients, Wire wire, Topics topics, String replyTopic, Book book, InstantSource clock) {
        this.topics = topics;
        this.replyTopic = replyTopic;
        this.book = book;
        this.clock = clock;
        this.producer = clients.producer();
        this.requests = wire.writer(topics.adRequests().name(), AdRequest.class);
        this.events = wire.writer(topics.adEvents().name(), AdEvent.class);
    }

    /** @param due when it should have been sent, in nanoseconds from the beginning of the load */
    void ask(Requests.Drawn drawn, long due) {
        String id = drawn.request().getId();
        book.asks(id, due, drawn.partition());
        var at = clock.instant();
        var _ = producer.send(record(drawn), (metadata, failure) -> {
            if (failure == null) {
                book.hasAsked(id, at);
            } else {
                book.couldNotAsk(id);
            }
        });
    }

    /** The same request once more, as a client that did not hear the first acknowledgement. */
    void askAgain(Requests.Drawn drawn) {
        var _ = producer.send(record(drawn));
    }

    private synchronized ProducerRecord<byte[], byte[]> record(Requests.Drawn drawn) {
        byte[] value = requests.write(drawn.request());
        byte[] key = drawn.userKey().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topics.adRequests().name(), drawn.sentTo(), key, value);
        if (drawn.reply() >= 0) {
            record.headers()
                    .add(new RecordHeader("kafka_replyTopic", replyTopic.getBytes(StandardCharsets.UTF_8)))
                    .add(new RecordHeader(
                            "kafka_replyPartition",
                            ByteBuffer.allocate(4).putInt(drawn.reply()).array()))
                    .add(new RecordHeader(
                            "kafka_correlationId", drawn.request().getId().getBytes(StandardCharsets.UTF_8)));
        }
        return record;
    }

    /** @param partition that the token names */
    void tell(AdEvent event, int partition) {
        byte[] value;
        synchronized (this) {
            value = events.write(event);
        }
        byte[] key = event.getToken().getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(
                new ProducerRecord<>(topics.adEvents().name(), partition, key, value), (metadata, failure) -> {
                    if (failure == null) {
                        book.hasShown(event.getToken());
                    }
                });
    }

    /** Returns when the broker has all that was sent. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

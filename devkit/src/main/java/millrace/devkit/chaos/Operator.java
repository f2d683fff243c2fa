package millrace.devkit.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import millrace.devkit.referee.Told;
import millrace.schemas.Campaign;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the catalog, and remembers what it told of campaigns and when. Returns from each when the broker has it. For one thread at a time. */
final class Operator implements AutoCloseable {
    private final Topics topics;
    private final Wire wire;
    private final InstantSource clock;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Told<Campaign>> told = new ArrayList<>();

    Operator(Clients clients, Wire wire, Topics topics, InstantSource clock) {
        this.topics = topics;
        this.wire = wire;
        this.clock = clock;
        this.producer = clients.producer();
    }

    void put(Placement placement) {
        put(topics.placements(), placement.getId(), placement);
    }

    void put(Upstream upstream) {
        put(topics.upstreams(), upstream.getId(), upstream);
    }

    void put(Campaign campaign) {
        put(topics.campaigns(), campaign.getId(), campaign);
        Instant at = clock.instant();
        synchronized (told) {
            told.add(new Told<>(at, campaign));
        }
    }

    List<Told<Campaign>> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    private <V extends SpecificRecord> void put(Topic<V> topic, String id, V value) {
        byte[] bytes = wire.writer(topic.name(), topic.value()).write(value);
        try {
            producer.send(new ProducerRecord<>(topic.name(), id.getBytes(StandardCharsets.UTF_8), bytes))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(id + " cannot be written to " + topic.name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing the catalog", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}

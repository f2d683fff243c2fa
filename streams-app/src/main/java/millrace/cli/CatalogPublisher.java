package millrace.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import millrace.catalog.file.CatalogChanges;
import millrace.catalog.file.CatalogChanges.Change;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.BrokersException;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.TopicCheck;
import millrace.config.WireSettings;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes catalog records and waits until all in-sync replicas have them. Placements and upstreams go before the campaigns that name them.
 * Sending the same again changes nothing.
 */
final class CatalogPublisher {
    private final Wire wire;
    private final Producer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    private CatalogPublisher(Wire wire, Producer<String, byte[]> producer) {
        this.wire = wire;
        this.producer = producer;
    }

    static void publish(Config config, CatalogChanges changes, Duration patience, Progress progress) {
        Topics topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
        try (Brokers brokers = Brokers.reach(config, patience, progress::at)) {
            if (new TopicCheck(config, brokers).only(topics.catalog())
                    instanceof Checked.Invalid<TopicCheck.Ready>(List<Fault> faults)) {
                throw CommandFailure.invalid(faults, "nothing was sent");
            }
        }
        try (Wire wire = Wire.open(WireSettings.registry(config));
                Producer<String, byte[]> producer = new KafkaProducer<>(
                        ClientSettings.producer(config), new StringSerializer(), new ByteArraySerializer())) {
            wire.register(schemas(topics.catalog()), WireSettings.registration(config, patience), progress::at);
            CatalogPublisher publisher = new CatalogPublisher(wire, producer);
            publisher.send(topics.placements(), changes.placements());
            publisher.send(topics.upstreams(), changes.upstreams());
            publisher.send(topics.rates(), changes.rates());
            publisher.send(topics.campaigns(), changes.campaigns());
            publisher.await(progress);
        }
    }

    static Map<String, Schema> schemas(List<Topic<?>> topics) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        topics.forEach(topic -> schemas.put(topic.name(), SpecificData.get().getSchema(topic.value())));
        return schemas;
    }

    private <R extends SpecificRecord> void send(Topic<R> topic, List<Change<R>> changes) {
        var writer = wire.writer(topic.name(), topic.value());
        for (Change<R> change : changes) {
            sent.add(producer.send(change.record()
                    .map(record -> new ProducerRecord<>(topic.name(), change.id(), writer.write(record)))
                    .orElseGet(() -> tombstone(topic.name(), change.id()))));
        }
    }

    @SuppressWarnings("NullAway") // A tombstone is a null value.
    private static ProducerRecord<String, byte[]> tombstone(String topic, String id) {
        return new ProducerRecord<>(topic, id, null);
    }

    private void await(Progress progress) {
        producer.flush();
        for (int i = 0; i < sent.size(); i++) {
            progress.at(i + " of " + sent.size() + " written");
            try {
                sent.get(i).get();
            } catch (ExecutionException e) {
                throw new BrokersException(
                        i + " of " + sent.size() + " records were written, then Kafka refused one: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokersException("interrupted after " + i + " of " + sent.size() + " records", e);
            }
        }
    }
}

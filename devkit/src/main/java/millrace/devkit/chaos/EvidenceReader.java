package millrace.devkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import millrace.audit.Audit;
import millrace.config.Guarantee;
import millrace.devkit.referee.Answered;
import millrace.devkit.referee.Evidence;
import millrace.schemas.AdResponse;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.DeadLetter;
import millrace.schemas.Impression;
import millrace.schemas.ServedAd;
import millrace.topics.Topics;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads all committed records of the topics that a run is judged by, once everything is at rest. */
final class EvidenceReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Clients clients;
    private final Wire wire;
    private final Topics topics;

    EvidenceReader(Clients clients, Wire wire, Topics topics) {
        this.clients = clients;
        this.wire = wire;
        this.topics = topics;
    }

    Evidence read(Book book) {
        List<Answered> answers = new ArrayList<>();
        for (String topic : List.of(topics.adResponses().name(), Cluster.REPLIES)) {
            each(topic, AdResponse.class, response -> answers.add(Answered.of(response)));
        }
        List<ServedAd> served = new ArrayList<>();
        // Without the context, which is the largest part of it.
        each(
                topics.servedAds().name(),
                ServedAd.class,
                ad -> served.add(ServedAd.newBuilder(ad).setContext(Map.of()).build()));
        return new Evidence(
                book.asked(),
                book.shown(),
                answers,
                served,
                all(topics.impressions().name(), Impression.class),
                all(topics.budgetGrants().name(), BudgetGrant.class),
                all(topics.budgetRequests().name(), BudgetRequest.class));
    }

    /** What {@code millrace audit} finds, now that nothing moves. */
    Audit.Result audit(Evidence evidence, Guarantee guarantee) {
        Audit audit = new Audit(guarantee == Guarantee.AT_LEAST_ONCE);
        evidence.served().forEach(audit::served);
        evidence.impressions().forEach(audit::shown);
        audit.begun();
        each(topics.budgetLedger().name(), BudgetEntry.class, audit::entry);
        return audit.result();
    }

    /** Where the records came from that became dead letters. */
    Set<String> buried() {
        Set<String> origins = new HashSet<>();
        each(
                topics.deadLetters().name(),
                DeadLetter.class,
                letter -> origins.add(Poison.origin(letter.getTopic(), letter.getPartition(), letter.getOffset())));
        return origins;
    }

    private <T extends SpecificRecord> List<T> all(String topic, Class<T> type) {
        List<T> all = new ArrayList<>();
        each(topic, type, all::add);
        return all;
    }

    /** Poison among them is left out: it is none of ours. */
    private <T extends SpecificRecord> void each(String topic, Class<T> type, Consumer<T> taker) {
        WireReader<T> reader = wire.reader(type);
        try (KafkaConsumer<byte[], byte[]> consumer = clients.reader(List.of(topic))) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - until > 0) {
                    throw new IllegalStateException(topic + " is not read within " + PATIENCE.toSeconds() + " s");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    value(reader, record).forEach(taker);
                }
            }
        }
    }

    private static <T extends SpecificRecord> Stream<T> value(
            WireReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Stream.of(reader.readOrWait(record.value()));
        } catch (MalformedRecordException e) {
            return Stream.empty();
        }
    }
}

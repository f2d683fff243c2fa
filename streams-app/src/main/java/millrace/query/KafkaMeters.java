package millrace.query;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Kafka Streams and Kafka's clients say of themselves, as far as an operator asks for it: of the thousands of figures that they have, one for each
 * partition, topic and node, only those of {@link #KEPT} are published, and those for each client only.
 */
public final class KafkaMeters implements MeterFilter {
    private static final String PREFIX = "kafka.";

    static final Set<String> KEPT = Set.of(
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.latency.max",
            "kafka.stream.thread.task.closed.total",
            "kafka.stream.thread.task.created.total",
            "kafka.consumer.coordinator.assigned.partitions",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.fetch.manager.fetch.latency.avg",
            "kafka.consumer.fetch.manager.records.consumed.rate",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.producer.buffer.available.bytes",
            "kafka.producer.record.error.total",
            "kafka.producer.record.queue.time.max",
            "kafka.producer.record.retry.total",
            "kafka.producer.record.send.rate",
            "kafka.producer.request.latency.avg");

    private static final Set<String> TAGS = Set.of("client.id", "thread.id");
    /** The process's own number: with it, every start would begin new series. */
    private static final Pattern PROCESS = Pattern.compile("^.*?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-?");

    /** The registry, which will publish no more of Kafka than what is kept. It must be new: a filter is no rule for what is there before it. */
    public static <R extends MeterRegistry> R limited(R registry) {
        registry.config().meterFilter(new KafkaMeters());
        return registry;
    }

    /** Publishes what is kept of the binder's figures for as long as it is open. */
    public static <T extends MeterBinder & AutoCloseable> T bind(T binder, MeterRegistry registry) {
        binder.bindTo(registry);
        return binder;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean isOurs = !id.getName().startsWith(PREFIX);
        return isOurs || (KEPT.contains(id.getName()) && id.getTags().stream().allMatch(KafkaMeters::isOfAClient))
                ? MeterFilterReply.NEUTRAL
                : MeterFilterReply.DENY;
    }

    private static boolean isOfAClient(Tag tag) {
        return TAGS.contains(tag.getKey());
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!KEPT.contains(id.getName())) {
            return id;
        }
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTags()) {
            if (!tag.getKey().equals("kafka.version")) {
                tags.add(TAGS.contains(tag.getKey()) ? Tag.of(tag.getKey(), withoutProcess(tag.getValue())) : tag);
            }
        }
        return id.replaceTags(tags);
    }

    private static String withoutProcess(String client) {
        String rest = PROCESS.matcher(client).replaceFirst("");
        return rest.isEmpty() ? "streams" : rest;
    }
}

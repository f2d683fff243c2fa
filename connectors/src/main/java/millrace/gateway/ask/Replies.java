package millrace.gateway.ask;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import millrace.intake.ReplyTopics;
import millrace.schemas.AdResponse;
import millrace.topics.Topic;
import millrace.wire.MalformedRecordException;
import millrace.wire.RegistryException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads answers from this gateway's partition of the reply topic, from now on, on a thread of its own, and gives each to the call that waits for
 * it. Of others it looks at no more than a header. When the partition changes, the old one is read until the longest call is over. Nothing is remembered: a
 * gateway that dies takes its connections along, and with them whoever waited.
 */
public final class Replies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration MEMBERSHIP = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final String BYTES_OF_A_PARTITION = Integer.toString(8 << 20);

    /** What becomes of a record that was read. */
    public enum Read {
        TAKEN,
        /** It is somebody else's, or whoever waited has gone. */
        NOBODYS,
        UNREADABLE
    }

    private final ReplyPartitions partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final WireReader<AdResponse> reader;
    private final Waiting waiting;
    private final Consumer<Read> counted;
    private final Duration longestCall;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    /** Partitions that are read, with the time at which they need not be any more; none for the current one. */
    private final Map<Integer, Long> read = new HashMap<>();

    private long membershipDue = System.nanoTime();
    private volatile int current = -1;

    /**
     * @param settings of a consumer without a group, with the isolation that is wanted
     * @param member settings of a member of the group of the gateways of one deployment
     * @param longestCall that any call may take
     */
    public Replies(
            Properties settings,
            Properties member,
            Topic<AdResponse> topic,
            Wire wire,
            Waiting waiting,
            Duration longestCall,
            Consumer<Read> counted) {
        this.waiting = waiting;
        this.longestCall = longestCall;
        this.counted = counted;
        this.reader = wire.reader(topic.value());
        this.partitions = new ReplyPartitions(member, topic.name());
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES_OF_A_PARTITION);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().daemon().name("gateway-replies").start(this::run);
    }

    /** The partition that is read and may be named in requests; empty until there is one. */
    public OptionalInt partition() {
        return current < 0 ? OptionalInt.empty() : OptionalInt.of(current);
    }

    private void run() {
        try (consumer;
                partitions) {
            while (ended.getCount() > 0) {
                step();
            }
        } catch (WakeupException e) {
            LOG.debug("the thread that reads answers ends");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        try {
            membership();
            if (read.isEmpty()) {
                ended.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                counted.accept(take(record));
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            // Whatever it is, calls end at their deadline, and this goes on trying.
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("answers cannot be read; trying again");
            ended.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void membership() {
        long now = System.nanoTime();
        if (now - membershipDue < 0) {
            return;
        }
        partitions.poll();
        OptionalInt named = partitions.named();
        boolean letGo = read.values().removeIf(until -> until != Long.MAX_VALUE && now - until > 0);
        if (named.isPresent() && named.getAsInt() != current) {
            begin(named.getAsInt(), now);
        } else if (letGo) {
            assign();
        }
        // While there is none yet, every moment counts.
        membershipDue = now + (current < 0 ? 0 : MEMBERSHIP.toNanos());
    }

    private void begin(int partition, long now) {
        read.replaceAll((old, until) -> until == Long.MAX_VALUE ? now + longestCall.toNanos() : until);
        boolean isNew = read.put(partition, Long.MAX_VALUE) == null;
        assign();
        if (isNew) {
            TopicPartition of = new TopicPartition(partitions.topic(), partition);
            consumer.seekToEnd(List.of(of));
            // The end is looked up only when it is asked for; later it would be behind the answers.
            var _ = consumer.position(of);
        }
        current = partition;
        LOG.atInfo().addKeyValue("partition", partition).log("answers come on this partition now");
    }

    /** Positions of those that stay, stay. */
    private void assign() {
        consumer.assign(read.keySet().stream()
                .map(partition -> new TopicPartition(partitions.topic(), partition))
                .toList());
    }

    private Read take(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(ReplyTopics.CORRELATION);
        if (header == null || header.value() == null || !waiting.expects(header.value())) {
            return Read.NOBODYS;
        }
        try {
            AdResponse answer = reader.readOrWait(record.value());
            return waiting.end(header.value(), new Outcome.Answered(answer)) ? Read.TAKEN : Read.NOBODYS;
        } catch (MalformedRecordException | RegistryException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("an answer cannot be read");
            return Read.UNREADABLE;
        }
    }

    /** What its consumer says of itself. Any thread may ask. */
    public Map<MetricName, ? extends Metric> metrics() {
        return consumer.metrics();
    }

    @Override
    public void close() {
        ended.countDown();
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

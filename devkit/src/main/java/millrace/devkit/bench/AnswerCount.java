package millrace.devkit.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import millrace.config.ClientSettings;
import millrace.devkit.stack.Stack;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Counts committed answers and served ads by their keys alone, and notes which partitions have answered a probe. */
final class AnswerCount implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Map<Integer, String> PROBES = new HashMap<>();

    private final String served;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong ads = new AtomicLong();
    private final AtomicLong lastHeard = new AtomicLong();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    AnswerCount(Stack stack) {
        this.served = stack.topics().servedAds().name();
        Properties settings = ClientSettings.consumer(stack.config(), true);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "restore-bench");
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(stack.topics().adResponses().name(), served));
        this.thread = Thread.ofPlatform().name("restore-answers").start(() -> count(consumer));
    }

    /** A user whose partition is this one; the same each time. */
    static synchronized String probe(int partition, int partitions) {
        return PROBES.computeIfAbsent(partition, wanted -> {
            int number = 0;
            while (partitionOf("probe-" + number, partitions) != wanted) {
                number++;
            }
            return "probe-" + number;
        });
    }

    private static int partitionOf(String user, int partitions) {
        return Utils.toPositive(Utils.murmur2(user.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private void count(KafkaConsumer<String, byte[]> consumer) {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(this::count);
            }
        }
    }

    private void count(ConsumerRecord<String, byte[]> answer) {
        if (answer.topic().equals(served)) {
            ads.incrementAndGet();
        } else if (answer.key().startsWith("probe-")) {
            if (heard.add(answer.key())) {
                lastHeard.set(System.nanoTime());
            }
        } else {
            answers.incrementAndGet();
        }
    }

    long served() {
        return ads.get();
    }

    int partitionsHeard() {
        return heard.size();
    }

    long lastHeardNanos() {
        return lastHeard.get();
    }

    /** Waits until at most so many of those that were sent have no answer. */
    void awaitOutstanding(int sent, int most, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (sent - answers.get() > most) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        answers.get() + " of " + sent + " requests are answered after " + patience);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

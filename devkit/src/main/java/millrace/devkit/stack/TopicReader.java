package millrace.devkit.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import millrace.config.ClientSettings;
import millrace.config.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Collects every record of a topic, from its beginning, in no consumer group. A thread of its own reads; any thread may ask what
 * there is or wait for more.
 */
public final class TopicReader<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SHOWN = 20;

    private final String topic;
    private final KafkaConsumer<String, T> consumer;
    private final Thread thread;
    private final List<Received<T>> received = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();

    TopicReader(String topic, Config config, boolean committedOnly, Deserializer<T> values) {
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(ClientSettings.consumer(config, committedOnly), new StringDeserializer(), values);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.thread = Thread.ofPlatform().daemon().name("reader-of-" + topic).start(this::read);
    }

    /** What was received so far, within a partition in order. */
    public synchronized List<Received<T>> records() {
        return List.copyOf(received);
    }

    /** The values received so far that are wanted. */
    public synchronized List<T> values(Predicate<T> wanted) {
        return received.stream().map(Received::value).filter(wanted).toList();
    }

    /** Takes what has come, so that it is not kept here; waits for something while there is nothing, and gives nothing in the end. */
    public synchronized List<Received<T>> take(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (received.isEmpty()) {
            throwFailure();
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return List.of();
            }
            waitAtMost(leftMillis);
        }
        List<Received<T>> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    /** Waits for a record and gives the first. */
    public Received<T> await(Duration patience, Predicate<Received<T>> wanted) {
        return awaitCount(patience, 1, wanted).getFirst();
    }

    /**
     * Waits for that many records and gives all that are there by then.
     *
     * @throws IllegalStateException when they do not come in time; the message shows what came
     */
    public synchronized List<Received<T>> awaitCount(Duration patience, int count, Predicate<Received<T>> wanted) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            throwFailure();
            List<Received<T>> found = received.stream().filter(wanted).toList();
            if (found.size() >= count) {
                return found;
            }
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new IllegalStateException("%d of %d wanted records came on %s within %s; the last of %d were%n%s"
                        .formatted(found.size(), count, topic, patience, received.size(), newest()));
            }
            waitAtMost(leftMillis);
        }
    }

    private void throwFailure() {
        failure.ifPresent(e -> {
            throw new IllegalStateException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        });
    }

    @SuppressWarnings("WaitNotInLoop") // The caller's loop looks again, however it woke.
    private void waitAtMost(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for records of " + topic, e);
        }
    }

    private String newest() {
        return received.stream()
                .skip(Math.max(0, received.size() - SHOWN))
                .map(each -> "  " + each.partition() + ":" + each.offset() + " " + each.value())
                .collect(Collectors.joining("\n"));
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, T> each : consumer.poll(POLL)) {
                    add(each);
                }
            }
        } catch (WakeupException e) {
            return; // Closed.
        } catch (RuntimeException e) {
            // Whatever it was: those who wait must hear of it.
            fail(e);
        }
    }

    private synchronized void add(ConsumerRecord<String, T> each) {
        received.add(new Received<>(
                each.partition(), each.offset(), each.timestamp(), each.key(), each.value(), each.headers()));
        notifyAll();
    }

    private synchronized void fail(RuntimeException e) {
        failure = Optional.of(e);
        notifyAll();
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            consumer.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

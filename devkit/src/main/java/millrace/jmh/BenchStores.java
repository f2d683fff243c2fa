package millrace.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import millrace.config.Config;
import millrace.config.StreamsSettings;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Stores of the pipeline as it has them, with their caches, RocksDB and its settings, on the thread that asks; without a broker, and so
 * without a changelog.
 */
final class BenchStores implements AutoCloseable {
    private final Path directory;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, String> input;
    private final Queue<Consumer<ProcessorContext<Void, Void>>> work = new ArrayDeque<>();

    private BenchStores(Path directory, Set<StoreBuilder<?>> stores) {
        this.directory = directory;
        Topology topology = new Topology();
        topology.addSource("source", new StringDeserializer(), new StringDeserializer(), "in");
        topology.addProcessor("worker", Worker::new, "source");
        stores.forEach(store -> topology.addStateStore(store.withLoggingDisabled(), "worker"));
        Properties properties = StreamsSettings.of(Config.defaults());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(topology, properties, Instant.EPOCH);
        input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    }

    static BenchStores of(Set<StoreBuilder<?>> stores) throws IOException {
        return new BenchStores(Files.createTempDirectory("millrace-jmh"), stores);
    }

    /** In a transaction of its own: what it wrote is in RocksDB when this returns. */
    void run(Consumer<ProcessorContext<Void, Void>> act) {
        work.add(act);
        input.pipeInput("key", "value");
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Worker implements Processor<String, String, Void, Void> {
        private ProcessorContext<Void, Void> context;

        @SuppressWarnings("NullAway.Init") // Kafka calls init before anything else.
        Worker() {}

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            this.context = context;
        }

        @Override
        public void process(Record<String, String> record) {
            work.remove().accept(context);
        }
    }
}

package millrace.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import millrace.Pipeline;
import millrace.catalog.file.CatalogChanges;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.TopicCheck;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CurrencyRates;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.upstream.http.NameLookup;
import millrace.wire.RecordClasses;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * One deployment on some {@link Services}: its topics, its catalog, clients of them, and a pipeline in this process when
 * {@link #run} says so. Several share the services under different topic prefixes and application ids.
 *
 * <p>Its readers, producer and pipeline end with it; the services do not.
 */
public final class Stack implements AutoCloseable {
    static {
        // Whoever has a stack makes records before the first one is read or written.
        RecordClasses.trust(AdRequest.class);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PipelineSettings settings;
    private final Config config;
    private final Topics topics;
    private final Wire wire;
    private final TestProducer producer;
    private final TemporaryFolder folder;
    private final List<TopicReader<?>> readers = new ArrayList<>();
    private Optional<Pipeline> pipeline = Optional.empty();

    private Stack(PipelineSettings given, TemporaryFolder folder) {
        this.folder = folder;
        this.settings = given.with(Settings.STATE_DIR, folder.path().resolve("state"));
        this.config = settings.config();
        this.topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
        this.wire = Wire.open(RegistrySettings.of(
                config.get(Settings.REGISTRY_URLS).getFirst().toString()));
        this.producer = new TestProducer(config, topics, wire);
    }

    /** Creates the topics and registers the schemas; no pipeline runs yet. */
    public static Stack prepare(PipelineSettings settings) {
        Stack stack = new Stack(settings, TemporaryFolder.create("millrace-stack-"));
        try {
            stack.createTopics();
            stack.registerSchemas();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void createTopics() {
        try (Brokers brokers = Brokers.reach(config, PATIENCE, line -> {})) {
            if (new TopicCheck(config, brokers).pipeline() instanceof Checked.Invalid<?>(List<Fault> faults)) {
                throw new IllegalStateException("topics are wrong: " + faults);
            }
        }
    }

    private void registerSchemas() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (Topic<?> topic : topics.all()) {
            schemas.put(topic.name(), SpecificData.get().getSchema(topic.value()));
        }
        wire.register(schemas, RegistrationPolicy.DEFAULT, line -> {});
    }

    /** With a state folder that is deleted when this is closed. */
    public PipelineSettings settings() {
        return settings;
    }

    public Config config() {
        return config;
    }

    public Topics topics() {
        return topics;
    }

    public TestProducer producer() {
        return producer;
    }

    /** Everything in a campaign file. */
    public void apply(CatalogChanges changes) {
        changes.placements().forEach(change -> change.record().ifPresent(this::put));
        changes.upstreams().forEach(change -> change.record().ifPresent(this::put));
        changes.campaigns().forEach(change -> change.record().ifPresent(this::put));
        changes.rates().forEach(change -> change.record().ifPresent(this::put));
    }

    public void put(Placement placement) {
        producer.put(topics.placements(), placement.getId(), placement);
    }

    public void put(Upstream upstream) {
        producer.put(topics.upstreams(), upstream.getId(), upstream);
    }

    public void put(Campaign campaign) {
        producer.put(topics.campaigns(), campaign.getId(), campaign);
    }

    public void put(CurrencyRates rates) {
        producer.put(topics.rates(), rates.getCurrency(), rates);
    }

    /** Committed records only. */
    public <T extends SpecificRecord> TopicReader<T> read(Topic<T> topic) {
        return read(topic, topic.name(), true);
    }

    /** Also records of transactions that are open or were rolled back. */
    public <T extends SpecificRecord> TopicReader<T> readUncommitted(Topic<T> topic) {
        return read(topic, topic.name(), false);
    }

    /** Committed records of a topic that holds what another one holds, such as a reply topic. */
    public <T extends SpecificRecord> TopicReader<T> readAs(Topic<T> topic, String name) {
        return read(topic, name, true);
    }

    private <T extends SpecificRecord> TopicReader<T> read(Topic<T> topic, String name, boolean committedOnly) {
        var reader = new TopicReader<>(
                name, config, committedOnly, wire.serde(name, topic.value()).deserializer());
        readers.add(reader);
        return reader;
    }

    /** Starts a pipeline in this process and returns when it decides requests. */
    public Pipeline run() {
        return run(NameLookup.SYSTEM, line -> {});
    }

    /** @param names what the pipeline's upstreams are looked up with */
    public Pipeline run(NameLookup names, Consumer<String> progress) {
        if (pipeline.isPresent()) {
            throw new IllegalStateException("the stack's pipeline runs already");
        }
        try {
            Pipeline started = Pipeline.start(config, names, progress);
            pipeline = Optional.of(started);
            if (!started.awaitRunning(PATIENCE)) {
                throw new IllegalStateException("the pipeline does not run within " + PATIENCE);
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("the pipeline does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the pipeline", e);
        }
    }

    /** Stops the pipeline cleanly; it may be run again on the same state. */
    public void stop() {
        pipeline.ifPresent(Pipeline::close);
        pipeline = Optional.empty();
    }

    @Override
    public void close() {
        try (folder;
                wire;
                producer) {
            stop();
            readers.forEach(TopicReader::close);
        }
    }
}

package millrace;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.ConfigRules;
import millrace.config.Settings;
import millrace.config.StreamsSettings;
import millrace.config.TopicCheck;
import millrace.config.WireSettings;
import millrace.decision.DecisionMeters;
import millrace.decision.Shared;
import millrace.intake.IntakeCounts;
import millrace.intake.ReplyTopics;
import millrace.query.Admin;
import millrace.query.CapsLookup;
import millrace.query.KafkaMeters;
import millrace.query.Lookup;
import millrace.rotation.Plugins;
import millrace.rotation.RotationMeters;
import millrace.rotation.Rotations;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.upstream.Upstreams;
import millrace.upstream.http.NameLookup;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * A running pipeline: brokers and registry reached, topics checked, schemas registered, then the upstream room, the streams and the
 * admin port. What it starts, {@link #close} stops, and leaves the consumer group, so that others take over at once.
 */
public final class Pipeline implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 5;

    private final Config config;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final RoomSettings rooms;
    private final Topics topics;
    private final LiveCatalog catalog = new LiveCatalog();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DecisionMeters decisions = new DecisionMeters(meters);
    private final CountDownLatch ended = new CountDownLatch(1);
    /** What is closed, last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private volatile boolean stopped;
    private volatile boolean handedOver = true;
    /** Null until it is made: the admin port is open before. */
    private volatile @Nullable KafkaStreams streams;

    private Admin admin;

    @SuppressWarnings("NullAway.Init") // start sets the rest, or nobody gets this.
    private Pipeline(Config config, InstantSource clock, Consumer<String> progress) {
        this.config = config;
        this.clock = clock;
        this.progress = progress;
        this.rooms = new RoomSettings(config);
        this.topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
    }

    /**
     * Starts one, waiting for brokers and registry as long as the configuration says.
     *
     * @param progress takes lines for a person
     * @throws StartRefused when configuration or topics are wrong; all faults are in it
     * @throws millrace.config.BrokersException when the brokers cannot be reached
     * @throws millrace.wire.RegistryException when the registry cannot be reached, or refuses a schema
     * @throws IOException when the admin port cannot be bound
     */
    public static Pipeline start(Config config, Consumer<String> progress) throws IOException {
        return start(config, NameLookup.SYSTEM, progress);
    }

    /** Starts one with another way to find the addresses of upstreams. */
    public static Pipeline start(Config config, NameLookup names, Consumer<String> progress) throws IOException {
        return start(config, names, InstantSource.system(), progress);
    }

    /** Starts one with another clock, such as one that is wrong. */
    public static Pipeline start(Config config, NameLookup names, InstantSource clock, Consumer<String> progress)
            throws IOException {
        Pipeline pipeline = new Pipeline(config, clock, progress);
        try {
            pipeline.open(names);
            return pipeline;
        } catch (IOException | RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    private void open(NameLookup names) throws IOException {
        List<Fault> missing = ConfigRules.missingForRun(config);
        if (!missing.isEmpty()) {
            throw new StartRefused("the configuration is not complete", missing);
        }
        Plugins plugins = plugins();
        TopicCheck.Ready ready = checkTopics();
        Wire wire = opened(Wire.open(WireSettings.registry(config)));
        wire.register(schemas(), WireSettings.registration(config, config.get(Settings.REGISTRY_WAIT)), progress);
        Upstreams upstreams = opened(Upstreams.start(rooms.upstream(), names, clock));
        upstreams.bindTo(meters);
        RefusedRecords refused =
                opened(new RefusedRecords(ClientSettings.producer(config), topics.deadLetters(), wire));
        Topology topology = AdTopology.of(nodes(ready, wire, upstreams, refused, plugins));
        admin = opened(admin());
        KafkaStreams made = opened(streams(topology));
        streams = made;
        opened(KafkaMeters.on(meters).watch(made::metrics));
        made.start();
    }

    private Admin admin() throws IOException {
        String host = config.get(Settings.ADMIN_HOST);
        int port = config.get(Settings.ADMIN_PORT);
        try {
            return Admin.start(
                    host,
                    port,
                    meters,
                    this::isAlive,
                    this::isReady,
                    this::status,
                    Map.of("/caps", this::caps),
                    config.get(Settings.ADMIN_TOKEN));
        } catch (BindException e) {
            throw new StartRefused(
                    "the admin port cannot be had",
                    List.of(new Fault(
                            Settings.ADMIN_PORT.name(),
                            host + ":" + port + ": " + e.getMessage()
                                    + "; does another instance run here? 0 lets the system choose one")));
        }
    }

    private TopicCheck.Ready checkTopics() {
        try (Brokers brokers = Brokers.reach(config, config.get(Settings.KAFKA_WAIT), progress)) {
            return switch (new TopicCheck(config, brokers).pipeline()) {
                case Checked.Valid<TopicCheck.Ready>(TopicCheck.Ready ready) -> {
                    if (!ready.created().isEmpty()) {
                        progress.accept("created topics " + String.join(", ", ready.created()));
                    }
                    yield ready;
                }
                case Checked.Invalid<TopicCheck.Ready>(List<Fault> faults) ->
                    throw new StartRefused("the topics are not as they must be", faults);
            };
        }
    }

    private Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (Topic<?> topic : topics.all()) {
            schemas.put(topic.name(), SpecificData.get().getSchema(topic.value()));
        }
        return schemas;
    }

    private Plugins plugins() {
        long begun = System.nanoTime();
        return switch (rooms.plugins()) {
            case Checked.Valid<Plugins>(Plugins plugins) -> {
                if (!plugins.names().isEmpty()) {
                    progress.accept("loaded plugins " + plugins.names() + " in "
                            + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
                }
                yield plugins;
            }
            case Checked.Invalid<Plugins>(List<Fault> faults) ->
                throw new StartRefused("the plugins are not as they must be", faults);
        };
    }

    private Nodes nodes(
            TopicCheck.Ready ready, Wire wire, Upstreams upstreams, RefusedRecords refused, Plugins plugins) {
        CatalogReader rules =
                new CatalogReader(config.get(Settings.CAPS_MAX_WINDOW), rooms.upstreamTimeout(), plugins.names());
        Shared shared = new Shared(
                wire,
                catalog,
                upstreams,
                upstreams,
                rooms.signingKeys(),
                new ReplyTopics(ready.replyTopics()),
                rooms.decision(),
                rooms.auctions(),
                rooms.sessions(),
                rooms.caps(),
                rooms.budget(),
                rooms.delivery(),
                rooms.documents(),
                decisions,
                Rotations.of(rooms.rotation(), plugins, new RotationMeters(meters)),
                clock,
                System::nanoTime,
                new SecureRandom());
        return new Nodes(
                shared,
                new Nodes.Edges(
                        topics,
                        ready.partitions(),
                        catalog,
                        CatalogTopics.Readers.over(wire, rules, this::waitForRegistry),
                        refused::write,
                        new IntakeCounts(meters)));
    }

    /** On the thread of the global stores: the catalog stays as it is while the registry is away. */
    private boolean waitForRegistry(String reason) {
        progress.accept("the catalog waits for the schema registry: " + reason);
        try {
            return !ended.await(1, TimeUnit.SECONDS) && !stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Lookup.Answer caps(Map<String, String> parameters) {
        KafkaStreams made = streams;
        return made == null
                ? new Lookup.Answer(503, "{}")
                : new CapsLookup(
                                made,
                                self(),
                                catalog,
                                rooms.caps(),
                                rooms.sessions().timeout(),
                                InstantSource.system())
                        .look(parameters);
    }

    /** How other instances know this one; its port is known once the admin port is open. */
    private HostInfo self() {
        String advertised = config.get(Settings.ADMIN_ADVERTISED)
                .orElseGet(() -> config.get(Settings.ADMIN_HOST) + ":" + admin.port());
        return HostInfo.buildFromEndpoint(advertised);
    }

    private KafkaStreams streams(Topology topology) {
        Properties properties = StreamsSettings.of(config);
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self().host() + ":" + self().port());
        KafkaStreams made = new KafkaStreams(topology, properties, new StreamsClients());
        made.setUncaughtExceptionHandler(new ThreadFailures());
        made.setStateListener((now, before) -> {
            if (now == State.ERROR || now == State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        return made;
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    public boolean isRunning() {
        return state() == State.RUNNING;
    }

    /** No more once it stops, so that a balancer sends requests elsewhere while those in flight are finished. */
    private boolean isReady() {
        return isRunning() && !stopped;
    }

    private boolean isAlive() {
        return state() != State.ERROR && state() != State.NOT_RUNNING;
    }

    private String status() {
        return "{\"state\":\"" + state() + "\"}";
    }

    private State state() {
        KafkaStreams made = streams;
        return made == null ? State.CREATED : made.state();
    }

    /** @return false if it is not running in that time */
    public boolean awaitRunning(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (!isRunning()) {
            if (System.nanoTime() - end > 0 || ended.await(20, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Waits until it has failed or was closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether it ended because it was closed. */
    public boolean isStopped() {
        return stopped;
    }

    public int adminPort() {
        return admin.port();
    }

    public LiveCatalog catalog() {
        return catalog;
    }

    /** Whether {@link #close} was in time: what was in flight is answered, or in the journal of whoever takes the partitions up. */
    public boolean isHandedOver() {
        return handedOver;
    }

    @Override
    public synchronized void close() {
        boolean first = !stopped;
        stopped = true;
        if (first) {
            finishInFlight();
        }
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                if (part instanceof KafkaStreams running) {
                    handedOver = running.close(CloseOptions.timeout(config.get(Settings.STOP_WITHIN))
                            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
                } else {
                    part.close();
                }
            } catch (Exception e) { // AutoCloseable may throw anything; the other parts must be closed all the same.
                progress.accept("could not be closed: " + e.getMessage());
            }
        }
        ended.countDown();
    }

    /**
     * Who takes a partition up needs about a second for it, longer than most requests may wait. So those in flight have a moment to be
     * decided here; under steady traffic there are always some, and the moment is over when it is over.
     */
    private void finishInFlight() {
        long end = System.nanoTime() + config.get(Settings.STOP_FINISH).toNanos();
        try {
            while (decisions.inFlight() > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

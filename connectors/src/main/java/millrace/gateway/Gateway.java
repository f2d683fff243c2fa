package millrace.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import millrace.RoomSettings;
import millrace.StartRefused;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.Setting;
import millrace.config.Settings;
import millrace.config.TopicCheck;
import millrace.config.WireSettings;
import millrace.delivery.SigningKeys;
import millrace.gateway.AdDoor.Asking;
import millrace.gateway.Doors.Door;
import millrace.gateway.GatewayMeters.Beacon;
import millrace.gateway.GatewayMeters.Ending;
import millrace.gateway.ask.Records;
import millrace.gateway.ask.Replies;
import millrace.gateway.ask.Waiting;
import millrace.gateway.format.AdFormat;
import millrace.gateway.format.JsonFormat;
import millrace.gateway.format.OpenRtbFormat;
import millrace.gateway.format.Times;
import millrace.gateway.format.VastFormat;
import millrace.gateway.format.VmapFormat;
import millrace.gateway.http.Clients;
import millrace.gateway.http.HttpDoor;
import millrace.gateway.http.HttpLimits;
import millrace.gateway.http.Origins;
import millrace.gateway.http.Rates;
import millrace.query.Admin;
import millrace.query.KafkaMeters;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.upstream.vast.writer.VastVersion;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: brokers and registry reached, a partition of the reply topic taken, then the HTTP door. It remembers nothing beyond the calls that
 * it holds, so several stand side by side, and one that dies costs its own connections. {@link #close} lets calls in flight end first.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    /** A request that waits longer for a broker than this is late anyway; the thread that sends is one. */
    private static final String LONGEST_SEND_MILLIS = "2000";

    private final Config config;
    private final Topics topics;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaMeters kafka = KafkaMeters.on(registry);
    private final GatewayMeters meters = new GatewayMeters(registry);
    private final CountDownLatch ended = new CountDownLatch(1);
    /** What is closed, last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private volatile boolean stopping;
    private volatile @Nullable Replies replies;
    private Waiting waiting;
    private @Nullable HttpDoor door;
    private Admin admin;

    @SuppressWarnings("NullAway.Init") // start sets the rest, or nobody gets this.
    private Gateway(Config config) {
        this.config = config;
        this.topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
    }

    /**
     * Starts one, waiting for brokers and registry as long as the configuration says.
     *
     * @param progress takes lines for a person
     * @throws StartRefused when configuration or topics are wrong
     * @throws millrace.config.BrokersException when the brokers cannot be reached
     * @throws millrace.wire.RegistryException when the registry cannot be reached, or refuses a schema
     * @throws IOException when a port cannot be had for a reason that is not in the configuration
     */
    public static Gateway start(Config config, Consumer<String> progress) throws IOException {
        Gateway gateway = new Gateway(config);
        try {
            gateway.open(progress);
            return gateway;
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void open(Consumer<String> progress) throws IOException {
        Clients clients = clients();
        int eventPartitions = eventPartitions(progress);
        admin = opened(admin());
        Wire wire = opened(Wire.open(WireSettings.registry(config)));
        wire.register(
                schemas(List.of(topics.adRequests(), topics.adEvents())),
                WireSettings.registration(config, config.get(Settings.REGISTRY_WAIT)),
                progress);
        SecureRandom random = new SecureRandom();
        int most = config.get(Settings.GATEWAY_INFLIGHT_MAX);
        waiting = opened(new Waiting(random.nextLong(), most));
        KafkaProducer<String, byte[]> producer = producer();
        Records records = opened(new Records(topics, producer, wire, most));
        opened(kafka.watch(producer::metrics));
        Replies read = opened(new Replies(
                ClientSettings.consumer(
                        config, config.get(Settings.GATEWAY_ANSWERS_READ).committedOnly()),
                ClientSettings.member(config, config.get(Settings.APPLICATION_ID) + "-gateway", true),
                topics.adReplies(),
                wire,
                waiting,
                config.get(Settings.GATEWAY_DEADLINE_MAX),
                meters::read));
        replies = read;
        opened(kafka.watch(read::metrics));
        Asking asking = new Asking(
                records,
                waiting,
                read::partition,
                topics.adReplies().name(),
                new Times(
                        config.get(Settings.GATEWAY_DEADLINE_USUAL),
                        config.get(Settings.GATEWAY_DEADLINE_MAX),
                        config.get(Settings.GATEWAY_MARGIN)),
                config.get(Settings.CAPS_UNNAMED),
                InstantSource.system(),
                ids(random),
                meters);
        EventDoor events = new EventDoor(records, eventPartitions, keys(), InstantSource.system(), meters);
        HttpDoor listening = opened(listen(clients, doors(asking, events)));
        door = listening;
        meters.watch(waiting::size, listening::connections);
    }

    private Clients clients() {
        try {
            return new Clients(config.get(Settings.GATEWAY_PROXIES));
        } catch (IllegalArgumentException e) {
            throw refused("the configuration was not taken", Settings.GATEWAY_PROXIES, String.valueOf(e.getMessage()));
        }
    }

    private int eventPartitions(Consumer<String> progress) {
        List<Topic<?>> wanted = List.of(topics.adRequests(), topics.adEvents(), topics.adReplies());
        try (Brokers brokers = Brokers.reach(config, config.get(Settings.KAFKA_WAIT), progress)) {
            return switch (new TopicCheck(config, brokers).only(wanted)) {
                case Checked.Valid<TopicCheck.Ready>(TopicCheck.Ready ready) -> ready.partitions();
                case Checked.Invalid<TopicCheck.Ready>(List<Fault> faults) ->
                    throw new StartRefused("the topics are not as they must be", faults);
            };
        }
    }

    private static Map<String, Schema> schemas(List<Topic<?>> written) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        written.forEach(topic -> schemas.put(topic.name(), SpecificData.get().getSchema(topic.value())));
        return schemas;
    }

    private KafkaProducer<String, byte[]> producer() {
        Properties properties = ClientSettings.producer(config);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "1");
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(64 << 10));
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_SEND_MILLIS);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Unlike any other gateway's, and this one's of before. */
    private static Supplier<String> ids(SecureRandom random) {
        String instance = HexFormat.of().toHexDigits(random.nextLong());
        AtomicLong numbers = new AtomicLong();
        return () -> instance + "-" + Long.toHexString(numbers.incrementAndGet());
    }

    private Optional<SigningKeys> keys() {
        return config.get(Settings.DELIVERY_TOKEN_KEYS).isEmpty()
                ? Optional.empty()
                : Optional.of(new RoomSettings(config).signingKeys());
    }

    private Doors doors(Asking asking, EventDoor events) {
        VastVersion usual = new RoomSettings(config).documents().usual();
        int bytes = Math.toIntExact(config.get(Settings.GATEWAY_BODY_MAX_BYTES));
        Rates ads = new Rates(config.get(Settings.GATEWAY_RATE_ADS), System::nanoTime);
        Rates beacons = new Rates(config.get(Settings.GATEWAY_RATE_EVENTS), System::nanoTime);
        Map<String, Door> byPath = new LinkedHashMap<>();
        byPath.put("/vast", ads("vast", "GET", new VastFormat(usual), asking, ads));
        byPath.put("/vmap", ads("vmap", "GET", new VmapFormat(usual), asking, ads));
        byPath.put("/openrtb2/auction", ads("openrtb", "POST", new OpenRtbFormat(bytes), asking, ads));
        byPath.put("/v1/ads", ads("json", "POST", new JsonFormat(), asking, ads));
        Door happened = new Door(List.of("GET", "POST"), events, beacons, () -> meters.beacon(Beacon.LIMITED));
        return new Doors(byPath, happened, new Origins(config.get(Settings.GATEWAY_ORIGINS)));
    }

    private Door ads(String name, String method, AdFormat format, Asking asking, Rates rates) {
        return new Door(
                List.of(method),
                new AdDoor(name, format, asking),
                rates,
                () -> meters.ended(name, Ending.LIMITED, Duration.ZERO));
    }

    private HttpDoor listen(Clients clients, Doors doors) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(config.get(Settings.GATEWAY_HOST), config.get(Settings.GATEWAY_PORT));
        HttpLimits limits = new HttpLimits(
                Math.toIntExact(config.get(Settings.GATEWAY_BODY_MAX_BYTES)),
                config.get(Settings.GATEWAY_CONNECTIONS_MAX),
                config.get(Settings.GATEWAY_IDLE));
        try {
            return HttpDoor.listen(address, limits, clients, doors);
        } catch (BindException e) {
            throw refused("the gateway's port cannot be had", Settings.GATEWAY_PORT, address + ": " + e.getMessage());
        }
    }

    private Admin admin() throws IOException {
        String host = config.get(Settings.ADMIN_HOST);
        int port = config.get(Settings.GATEWAY_ADMIN_PORT);
        try {
            return Admin.start(
                    host,
                    port,
                    registry,
                    () -> ended.getCount() > 0,
                    this::isReady,
                    this::status,
                    Map.of(),
                    config.get(Settings.ADMIN_TOKEN));
        } catch (BindException e) {
            throw refused(
                    "the admin port cannot be had",
                    Settings.GATEWAY_ADMIN_PORT,
                    host + ":" + port + ": " + e.getMessage() + "; 0 lets the system choose one");
        }
    }

    private static StartRefused refused(String what, Setting<?> setting, String why) {
        return new StartRefused(what, List.of(new Fault(setting.name(), why)));
    }

    private String status() {
        return "{\"ready\":" + isReady() + ",\"partition\":" + partition() + "}";
    }

    /** Where its answers come; -1 while it has no partition. */
    public int partition() {
        Replies read = replies;
        return read == null ? -1 : read.partition().orElse(-1);
    }

    /** It has a partition for answers, and is not being stopped. */
    public boolean isReady() {
        return partition() >= 0 && !stopping;
    }

    /** @return false if it is not ready in that time */
    public boolean awaitReady(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (!isReady()) {
            if (System.nanoTime() - end > 0 || ended.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    public int port() {
        return Objects.requireNonNull(door).port();
    }

    public int adminPort() {
        return admin.port();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** First a balancer is told, then no connection is taken, then calls in flight end, or their time is over. */
    @Override
    public synchronized void close() {
        boolean first = !stopping;
        stopping = true;
        HttpDoor listening = door;
        if (first && listening != null) {
            drain(listening);
        }
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) { // AutoCloseable may throw anything; the other parts must be closed all the same.
                LOG.atWarn().setCause(e).log("a part could not be closed");
            }
        }
        ended.countDown();
    }

    private void drain(HttpDoor listening) {
        try {
            Thread.sleep(config.get(Settings.GATEWAY_STOP_NOTICE));
            listening.stopListening();
            long end =
                    System.nanoTime() + config.get(Settings.GATEWAY_STOP_FINISH).toNanos();
            while (listening.inFlight() > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package millrace.notifier;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import millrace.RoomSettings;
import millrace.StartRefused;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.TopicCheck;
import millrace.config.WireSettings;
import millrace.query.Admin;
import millrace.query.KafkaMeters;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.NameLookup;
import millrace.upstream.http.PooledHttpExchange;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running notifier. It remembers nothing that is not on topics, so several share the partitions of notices, and one that dies is followed by the
 * others. What cannot be written (a broker away, a transaction that timed out) begins anew from the last commit.
 */
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration BEFORE_ANEW = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(10);

    private final Config config;
    private final Topics topics;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaMeters kafka = KafkaMeters.on(registry);
    private final NotifierMeters meters = new NotifierMeters(registry);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    /** What is closed, last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private volatile @Nullable Firing firing;
    private Admin admin;

    @SuppressWarnings("NullAway.Init") // start sets the rest, or nobody gets this.
    private Notifier(Config config) {
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
     * @throws IOException when the admin port cannot be had for a reason that is not in the configuration
     */
    public static Notifier start(Config config, Consumer<String> progress) throws IOException {
        PooledHttpExchange exchange = new PooledHttpExchange(
                new RoomSettings(config).upstream().http(), NameLookup.SYSTEM, InstantSource.system());
        return start(config, exchange, exchange, progress);
    }

    /**
     * Starts one with another way to call.
     *
     * @param closes the exchange, after everything else
     */
    public static Notifier start(Config config, HttpExchange exchange, AutoCloseable closes, Consumer<String> progress)
            throws IOException {
        Notifier notifier = new Notifier(config);
        notifier.opened.push(closes);
        try {
            notifier.open(exchange, progress);
            return notifier;
        } catch (IOException | RuntimeException e) {
            notifier.closeParts();
            throw e;
        }
    }

    private void open(HttpExchange exchange, Consumer<String> progress) throws IOException {
        checkTopics(progress);
        admin = opened(admin());
        Wire wire = opened(Wire.open(WireSettings.registry(config)));
        Map<String, Schema> schemas = new LinkedHashMap<>();
        List.of(topics.noticesFired(), topics.deadLetters())
                .forEach(topic -> schemas.put(topic.name(), SpecificData.get().getSchema(topic.value())));
        wire.register(schemas, WireSettings.registration(config, config.get(Settings.REGISTRY_WAIT)), progress);
        meters.watch(() -> {
            Firing running = firing;
            return running == null ? 0 : running.open();
        });
        Thread.ofPlatform().name("notifier").start(() -> run(wire, exchange));
    }

    private void checkTopics(Consumer<String> progress) {
        List<Topic<?>> wanted = List.of(topics.notices(), topics.noticesFired(), topics.deadLetters());
        try (Brokers brokers = Brokers.reach(config, config.get(Settings.KAFKA_WAIT), progress)) {
            TopicCheck check = new TopicCheck(config, brokers);
            if (check.only(wanted) instanceof Checked.Invalid<TopicCheck.Ready>(List<Fault> faults)) {
                throw new StartRefused("the topics are not as they must be", faults);
            }
            OptionalInt notices = check.partitions(topics.notices());
            OptionalInt fired = check.partitions(topics.noticesFired());
            if (!notices.equals(fired)) {
                throw new StartRefused(
                        "the topics are not as they must be",
                        List.of(new Fault(
                                "topic " + topics.noticesFired(),
                                "has " + fired.orElse(0) + " partitions; wanted " + notices.orElse(0) + ", as many as "
                                        + topics.notices() + " has")));
            }
        }
    }

    private void run(Wire wire, HttpExchange exchange) {
        try {
            while (stopping.getCount() > 0) {
                runUntilItFails(wire, exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void runUntilItFails(Wire wire, HttpExchange exchange) throws InterruptedException {
        KafkaConsumer<byte[], byte[]> consumer = consumer();
        KafkaProducer<String, byte[]> producer = producer();
        try (Firing begun = firing(wire, exchange, consumer, producer);
                var _ = kafka.watch(consumer::metrics);
                var _ = kafka.watch(producer::metrics)) {
            firing = begun;
            while (stopping.getCount() > 0) {
                begun.step();
            }
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("begins anew from the last commit");
            stopping.await(BEFORE_ANEW.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            firing = null;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties member = ClientSettings.member(config, config.get(Settings.APPLICATION_ID) + "-notifier", true);
        member.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(member, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Firing firing(
            Wire wire,
            HttpExchange exchange,
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<String, byte[]> producer) {
        Properties reading = ClientSettings.consumer(config, true);
        Written written = new Written(topics, producer, wire);
        return new Firing(
                topics.notices(),
                consumer,
                wire.reader(topics.notices().value()),
                written,
                new FiredLog(reading, topics.noticesFired(), wire),
                exchange,
                new Firing.Terms(
                        config.get(Settings.NOTIFIER_TIMEOUT),
                        new Verdict.Patience(
                                config.get(Settings.NOTIFIER_ATTEMPTS_MAX),
                                config.get(Settings.NOTIFIER_BACKOFF_FIRST),
                                config.get(Settings.NOTIFIER_BACKOFF_MAX)),
                        config.get(Settings.NOTIFIER_HOST_CALLS_MAX),
                        config.get(Settings.NOTIFIER_INFLIGHT_MAX),
                        InstantSource.system()),
                meters);
    }

    /** Its id is never anybody's again: who may commit is told by the group, not by it. */
    private KafkaProducer<String, byte[]> producer() {
        Properties properties = ClientSettings.producer(config);
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.get(Settings.APPLICATION_ID) + "-notifier-" + UUID.randomUUID());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                config.get(Settings.STREAMS_TRANSACTION_TIMEOUT).toMillis());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    private Admin admin() throws IOException {
        String host = config.get(Settings.ADMIN_HOST);
        int port = config.get(Settings.NOTIFIER_ADMIN_PORT);
        try {
            return Admin.start(
                    host,
                    port,
                    registry,
                    () -> ended.getCount() > 0,
                    this::isReady,
                    () -> "{\"ready\":" + isReady() + "}",
                    Map.of(),
                    config.get(Settings.ADMIN_TOKEN));
        } catch (BindException e) {
            throw new StartRefused(
                    "the admin port cannot be had",
                    List.of(new Fault(
                            Settings.NOTIFIER_ADMIN_PORT.name(),
                            host + ":" + port + ": " + e.getMessage() + "; 0 lets the system choose one")));
        }
    }

    private boolean isReady() {
        return firing != null && stopping.getCount() > 0;
    }

    public int adminPort() {
        return admin.port();
    }

    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** What was called and answered is committed; what is still being called is called again by whoever takes the partitions, bills excepted. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!ended.await(END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("not stopped in time; what was not committed is done again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeParts();
    }

    private synchronized void closeParts() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) { // AutoCloseable may throw anything; the other parts must be closed all the same.
                LOG.atWarn().setCause(e).log("a part could not be closed");
            }
        }
    }
}

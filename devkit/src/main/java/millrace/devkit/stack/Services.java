package millrace.devkit.stack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import millrace.config.Settings;
import millrace.devkit.broker.BrokerOptions;
import millrace.devkit.broker.EmbeddedBroker;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.devkit.registry.RegistryOptions;
import millrace.devkit.upstreams.SimulatedUpstreams;

/** What a pipeline needs around it, in this process: Kafka, a schema registry, upstreams. Runs until it is closed. */
public final class Services implements AutoCloseable {
    private static final long SEED = 1;
    /** Signs nothing but play money. */
    private static final String TOKEN_KEY = "1:"
            + Base64.getEncoder()
                    .encodeToString("a key of the devkit, not a secret".getBytes(StandardCharsets.US_ASCII));

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final SimulatedUpstreams upstreams;

    private Services(EmbeddedBroker broker, EmbeddedRegistry registry, SimulatedUpstreams upstreams) {
        this.broker = broker;
        this.registry = registry;
        this.upstreams = upstreams;
    }

    /** On free ports, silently. */
    public static Services start() {
        return start(Ports.FREE, line -> {});
    }

    /** @param progress is given a line for each part that runs */
    public static Services start(Ports ports, Consumer<String> progress) {
        // The quick ones first: what they cannot do is known before Kafka is waited for.
        EmbeddedRegistry registry = EmbeddedRegistry.started(RegistryOptions.DEFAULT.onPort(ports.registry()));
        progress.accept("schema registry  " + registry.url());
        try {
            SimulatedUpstreams upstreams = SimulatedUpstreams.start(ports.upstreams(), SEED);
            progress.accept("upstreams        http://127.0.0.1:" + upstreams.port());
            try {
                EmbeddedBroker broker = EmbeddedBroker.started(BrokerOptions.DEFAULT.onPort(ports.kafka()));
                progress.accept("Kafka            " + broker.bootstrapServers());
                return new Services(broker, registry, upstreams);
            } catch (RuntimeException e) {
                upstreams.close();
                throw e;
            }
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public EmbeddedRegistry registry() {
        return registry;
    }

    public SimulatedUpstreams upstreams() {
        return upstreams;
    }

    /** What a pipeline has to be told to use them: four partitions, the upstreams allowed, a key for tokens, any admin port. */
    public PipelineSettings settings() {
        return PipelineSettings.DEFAULTS
                .with(Settings.KAFKA_BOOTSTRAP_SERVERS, broker.bootstrapServers())
                .with(Settings.REGISTRY_URLS, registry.url())
                .with(Settings.TOPICS_PARTITIONS, 4)
                .with(Settings.TOPICS_REPLICATION, 1)
                .with(Settings.UPSTREAM_ALLOW, "127.0.0.1")
                .with(Settings.DELIVERY_TOKEN_KEYS, TOKEN_KEY)
                .with(Settings.ADMIN_PORT, 0);
    }

    @Override
    public void close() {
        try (registry;
                upstreams;
                broker) {
            return; // Closed in the other order, each whatever becomes of the others.
        }
    }
}

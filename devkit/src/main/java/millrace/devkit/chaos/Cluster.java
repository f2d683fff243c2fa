package millrace.devkit.chaos;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Brokers;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.TopicCheck;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.Ports;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;

/** All that runs: a broker and upstreams in processes of their own, a registry in this one, and the instances. */
final class Cluster implements AutoCloseable {
    static final String REPLIES = "chaos-replies";

    /** Requests in flight of a partition: few, so that a burst fills its journal. */
    static final int JOURNAL = 150;

    private static final String APPLICATION = "millrace-chaos";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Signs nothing but play money. */
    private static final String TOKEN_KEY = "1:"
            + Base64.getEncoder()
                    .encodeToString("a key of the harness, no secret.".getBytes(StandardCharsets.US_ASCII));

    private final Topics topics = Topics.plain();
    private final BrokerServer broker;
    private final UpstreamServer upstreams;
    private final EmbeddedRegistry registry = EmbeddedRegistry.started();
    private final Wire wire;
    private final List<Instance> instances;

    /** Starts the processes of broker and upstreams; nothing is ready before {@link #open}. */
    Cluster(ChaosPlan plan, Path folder, Duration firstClockAhead) {
        this.broker = new BrokerServer(folder, Ports.anyFree());
        this.upstreams = new UpstreamServer(folder, plan.seed());
        this.wire = Wire.open(RegistrySettings.of(registry.url()));
        this.instances = IntStream.range(0, Math.max(3, plan.instances()))
                .mapToObj(i ->
                        new Instance("instance-" + i, folder, settings(plan), i == 0 ? firstClockAhead : Duration.ZERO))
                .toList();
    }

    private PipelineSettings settings(ChaosPlan plan) {
        return PipelineSettings.DEFAULTS
                .with(Settings.APPLICATION_ID, APPLICATION)
                .with(Settings.KAFKA_BOOTSTRAP_SERVERS, broker.bootstrapServers())
                .with(Settings.REGISTRY_URLS, registry.url())
                .with(Settings.TOPICS_PARTITIONS, ChaosPlan.PARTITIONS)
                .with(Settings.TOPICS_REPLICATION, 1)
                .with(Settings.STREAMS_GUARANTEE, plan.guarantee().name().toLowerCase(Locale.ROOT))
                .with(Settings.UPSTREAM_ALLOW, "127.0.0.1")
                .with(Settings.DELIVERY_TOKEN_KEYS, TOKEN_KEY)
                .with(Settings.REPLY_TOPICS, REPLIES)
                .with(Settings.DECISION_INFLIGHT_MAX, JOURNAL)
                // Three instances and their broker share a machine, and each commit is a transaction over a hundred
                // partitions.
                .with(Settings.STREAMS_COMMIT_INTERVAL, "100ms");
    }

    /** Waits for broker and upstreams, makes topics and schemas. */
    void open() {
        broker.awaitUp();
        createTopics();
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (Topic<?> topic : topics.all()) {
            schemas.put(topic.name(), SpecificData.get().getSchema(topic.value()));
        }
        wire.register(schemas, RegistrationPolicy.DEFAULT, line -> {});
        upstreams.awaitUp();
    }

    private void createTopics() {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(REPLIES, ChaosPlan.PARTITIONS, (short) 1)))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the reply topic cannot be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        }
        Config config = instances.getFirst().config();
        try (Brokers brokers = Brokers.reach(config, PATIENCE, line -> {})) {
            if (new TopicCheck(config, brokers).pipeline() instanceof Checked.Invalid<?>(List<Fault> faults)) {
                throw new IllegalStateException("topics are wrong: " + faults);
            }
        }
    }

    Topics topics() {
        return topics;
    }

    Wire wire() {
        return wire;
    }

    Clients clients() {
        return new Clients(broker.bootstrapServers());
    }

    BrokerServer broker() {
        return broker;
    }

    UpstreamDesk upstreams() {
        return upstreams.desk();
    }

    /** As many as the plan says, and three at least; not all need to run. */
    List<Instance> instances() {
        return instances;
    }

    /** Those whose process runs. */
    List<Instance> up() {
        return instances.stream().filter(Instance::isUp).toList();
    }

    /** Starts some side by side, and returns when they decide. */
    void start(Collection<Instance> some) {
        some.forEach(Instance::start);
        some.forEach(Instance::awaitReady);
    }

    /** The partitions of {@code ad-requests} that an instance has by the consumer group's own account; empty when it cannot be asked. */
    Set<Integer> partitionsOf(Instance instance) {
        try (Admin admin = admin()) {
            var described = admin.describeConsumerGroups(List.of(APPLICATION)).describedGroups();
            return Objects.requireNonNull(described.get(APPLICATION), "asked for")
                    .get(5, TimeUnit.SECONDS)
                    .members()
                    .stream()
                    .filter(member -> member.clientId().startsWith(instance.name() + "-"))
                    .flatMap(this::requestPartitions)
                    .collect(Collectors.toSet());
        } catch (ExecutionException | TimeoutException e) {
            return Set.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for partitions", e);
        }
    }

    private Stream<Integer> requestPartitions(MemberDescription member) {
        return member.assignment().topicPartitions().stream()
                .filter(partition ->
                        partition.topic().equals(topics.adRequests().name()))
                .map(partition -> partition.partition());
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    /** Ends every process, whatever becomes of the others. */
    @Override
    public void close() {
        List<AutoCloseable> parts = new ArrayList<>(instances);
        parts.addAll(List.of(upstreams, broker, wire, registry));
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) { // AutoCloseable may throw anything; the other processes must end all the same.
                System.err.println("chaos: " + e.getMessage());
            }
        }
    }
}

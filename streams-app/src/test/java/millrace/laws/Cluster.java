package millrace.laws;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import millrace.AdTopology;
import millrace.Nodes;
import millrace.budget.BudgetSettings;
import millrace.caps.CapSettings;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.decision.AuctionSettings;
import millrace.decision.DecisionMeters;
import millrace.decision.DecisionSettings;
import millrace.decision.Shared;
import millrace.delivery.DeliverySettings;
import millrace.delivery.Documents;
import millrace.delivery.SigningKeys;
import millrace.intake.IntakeCounts;
import millrace.intake.ReplyTopics;
import millrace.rotation.RotationListener;
import millrace.rotation.RotationSettings;
import millrace.rotation.Rotations;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Campaign;
import millrace.schemas.Placement;
import millrace.session.SessionSettings;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.upstream.BidAnswer;
import millrace.upstream.Upstream;
import millrace.wire.Reading;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;

/** A few tasks, the logs between them, one clock, and the {@link Judge} who sees what they commit. */
final class Cluster implements AutoCloseable {
    static final Duration TTL = Duration.ofSeconds(2);
    private static final Topics TOPICS = Topics.plain();
    private static final Wire WIRE = wire();

    private final RandomGenerator random;
    private final DecisionSettings decision;
    private final BudgetSettings budget;
    private final Judge judge;
    private final Log catalog = Log.of("catalog", 0);
    private final Map<String, Log> logs = new LinkedHashMap<>();
    private final List<Task> tasks = new ArrayList<>();
    private final int partitions;
    private Instant now = Instant.parse("2026-03-02T10:59:30Z");

    Cluster(int partitions, int inFlight, BudgetSettings budget, RandomGenerator random, Judge judge) {
        this.budget = budget;
        this.partitions = partitions;
        this.random = random;
        this.judge = judge;
        DecisionSettings usual = DecisionSettings.defaults();
        this.decision = new DecisionSettings(
                usual.deadline(),
                usual.margin(),
                inFlight,
                usual.duplicates(),
                usual.candidates(),
                usual.documents(),
                usual.calls());
        for (int partition = 0; partition < partitions; partition++) {
            tasks.add(new Task(
                    this,
                    partition,
                    List.of(
                            log(TOPICS.adRequests(), partition),
                            log(TOPICS.adRequestsMoved(), partition),
                            log(TOPICS.adEvents(), partition),
                            log(TOPICS.budgetGrants(), partition))));
        }
        tasks.add(new Task(this, 0, List.of(log(TOPICS.budgetRequests(), 0))));
    }

    private static Wire wire() {
        Wire wire = Wire.open(RegistrySettings.of("mock://laws"));
        Map<String, Schema> schemas = new LinkedHashMap<>();
        TOPICS.all()
                .forEach(topic -> schemas.put(topic.name(), SpecificData.get().getSchema(topic.value())));
        wire.register(schemas, RegistrationPolicy.DEFAULT, line -> {});
        return wire;
    }

    /** All of the production topology. */
    Topology topology(Upstream upstream, Topology empty) {
        LiveCatalog live = new LiveCatalog();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Shared shared = new Shared(
                WIRE,
                live,
                upstream,
                call -> CompletableFuture.completedFuture(
                        BidAnswer.nothing(call.bidder().id(), BidAnswer.Kind.NOT_ASKED, "nobody bids here")),
                new SigningKeys(Map.of(1, new byte[32]), 1),
                new ReplyTopics(Map.of()),
                decision,
                AuctionSettings.USUAL,
                SessionSettings.DEFAULT,
                CapSettings.DEFAULT,
                budget,
                new DeliverySettings(TTL, Duration.ofHours(1)),
                Documents.DEFAULTS,
                new DecisionMeters(meters),
                Rotations.of(RotationSettings.USUAL, RotationListener.NOBODY),
                this::instant,
                () -> millis() * 1_000_000,
                random);
        CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));
        Nodes nodes = new Nodes(
                shared,
                new Nodes.Edges(
                        TOPICS,
                        partitions,
                        live,
                        CatalogTopics.Readers.over(WIRE, rules, reason -> false),
                        refusal -> {
                            throw new AssertionError("the catalog refused " + refusal);
                        },
                        new IntakeCounts(meters)));
        return AdTopology.of(nodes, empty);
    }

    // ---- logs

    Log catalog() {
        return catalog;
    }

    String catalogTopic(SpecificRecord value) {
        if (value instanceof Campaign) {
            return TOPICS.campaigns().name();
        }
        return value instanceof Placement
                ? TOPICS.placements().name()
                : TOPICS.upstreams().name();
    }

    void announce(String id, SpecificRecord value) {
        append(catalog, catalogTopic(value), id, value, millis());
    }

    void request(int partition, String key, SpecificRecord request) {
        append(log(TOPICS.adRequests(), partition), TOPICS.adRequests().name(), key, request, millis());
    }

    /** Under its token, to the partition that the token names. */
    void event(AdEvent event) {
        event(event, millis());
    }

    private void event(AdEvent event, long appended) {
        byte[] token = Base64.getUrlDecoder().decode(event.getToken());
        int partition = ByteBuffer.wrap(token).getShort(2);
        append(log(TOPICS.adEvents(), partition), TOPICS.adEvents().name(), event.getToken(), event, appended);
    }

    int partitionOf(String userKey) {
        return Utils.toPositive(Utils.murmur2(userKey.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private Log log(Topic<?> topic, int partition) {
        return logs.computeIfAbsent(topic.name() + "-" + partition, name -> Log.of(topic.name(), partition));
    }

    private void append(Log log, String topic, String key, SpecificRecord value, long timestamp) {
        @SuppressWarnings("unchecked") // The record's own class.
        Class<SpecificRecord> type = (Class<SpecificRecord>) value.getClass();
        log.entries().add(new Log.Entry(key, WIRE.writer(topic, type).write(value), value, timestamp));
    }

    /** What a task sent becomes readable for others, and is judged. */
    void committed(List<Fact> facts) {
        for (Fact fact : facts) {
            judge.see(fact);
            if (fact instanceof Fact.Out out) {
                send(out);
            }
        }
    }

    private void send(Fact.Out out) {
        switch (out.value()) {
            case AdEvent event -> event(event, out.at());
            case BudgetRequest report ->
                append(
                        log(TOPICS.budgetRequests(), 0),
                        TOPICS.budgetRequests().name(),
                        out.key(),
                        report,
                        out.timestamp());
            case BudgetGrant grant ->
                append(
                        log(TOPICS.budgetGrants(), grant.getPartition()),
                        TOPICS.budgetGrants().name(),
                        out.key(),
                        grant,
                        out.timestamp());
            case byte[] moved -> move(out.key(), moved, out.timestamp());
            default -> {}
        }
    }

    /** With its first timestamp, as the topic is written by its producer's time. */
    private void move(String userKey, byte[] bytes, long timestamp) {
        if (WIRE.reader(AdRequest.class).read(bytes) instanceof Reading.Value<AdRequest>(AdRequest request)) {
            Log to = log(TOPICS.adRequestsMoved(), partitionOf(userKey));
            to.entries().add(new Log.Entry(userKey, bytes, request, timestamp));
        }
    }

    // ---- time

    Instant instant() {
        return now;
    }

    long millis() {
        return now.toEpochMilli();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<Task> tasks() {
        return tasks;
    }

    List<Task> decisions() {
        return tasks.subList(0, partitions);
    }

    Task ledger() {
        return tasks.getLast();
    }

    int partitions() {
        return partitions;
    }

    @Override
    public void close() {
        tasks.forEach(Task::close);
    }
}

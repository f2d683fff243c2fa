package millrace;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import millrace.budget.GrantPartitioner;
import millrace.budget.Ledger;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Refusal;
import millrace.decision.DecisionAssembly;
import millrace.decision.DecisionMeters.EventOutcome;
import millrace.decision.Shared;
import millrace.delivery.Reply;
import millrace.delivery.Tokens;
import millrace.impression.EventTimes;
import millrace.impression.EventTimes.Untimely;
import millrace.intake.Arrival;
import millrace.intake.ArrivalTime;
import millrace.intake.Door;
import millrace.intake.Doorway;
import millrace.intake.Intake;
import millrace.intake.IntakeCounts;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.topics.Topic;
import millrace.topics.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the nodes that {@link AdTopology} names, out of what the process shares. Every partition's task gets its own. */
public final class Nodes {
    private static final String PARKED = "parked";
    private static final String LEDGER_PARKED = "ledger-parked";

    private final Shared shared;
    private final Edges edges;
    /** One builder for all doors: Kafka Streams takes a store twice only when it is the same. */
    private final StoreBuilder<?> parked = Door.parkedStore(PARKED);

    /**
     * @param partitions of the decision path
     * @param refusals takes catalog records that were refused
     */
    public record Edges(
            Topics topics,
            int partitions,
            LiveCatalog catalog,
            CatalogTopics.Readers catalogReaders,
            Consumer<Refusal> refusals,
            IntakeCounts intakeCounts) {}

    public Nodes(Shared shared, Edges edges) {
        this.shared = shared;
        this.edges = edges;
    }

    Topics topics() {
        return edges.topics();
    }

    void addCatalog(Topology topology) {
        new CatalogTopics(topics(), edges.catalog(), edges.refusals()).addTo(topology, edges.catalogReaders());
    }

    /** Read as bytes: what cannot be decoded is a dead letter with its origin, or waits for its schema. */
    void addSource(Topology topology, String name, Topic<?> topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new ArrivalTime(shared.clock()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
    }

    ProcessorSupplier<byte[], byte[], String, Object> intake() {
        return requestDoor("intake", true);
    }

    ProcessorSupplier<byte[], byte[], String, Object> intakeMoved() {
        return requestDoor("intake-moved", false);
    }

    private ProcessorSupplier<byte[], byte[], String, Object> requestDoor(String name, boolean sendsOn) {
        Intake rules = new Intake(
                shared.catalog(),
                shared.replies(),
                edges.partitions(),
                sendsOn,
                shared.sessions().unnamed(),
                edges.intakeCounts());
        return supplier(() -> new Door<>(leads(name), shared.wire().reader(AdRequest.class), rules), parked);
    }

    ProcessorSupplier<byte[], byte[], String, Object> impression() {
        return supplier(
                () -> new Door<>(leads("impression"), shared.wire().reader(AdEvent.class), eventDoor()), parked);
    }

    private Door.Welcome<AdEvent> eventDoor() {
        EventTimes times = new EventTimes(new Tokens(shared.signingKeys()), shared.delivery());
        return (event, record, origin, doorway) -> {
            Optional<Untimely> fault = times.fault(event, Instant.ofEpochMilli(record.timestamp()));
            if (fault.isEmpty()) {
                doorway.in(event.getToken(), new Arrival.Happened(event), record);
                return;
            }
            switch (fault.get()) {
                case Untimely.TooLate(String message) -> {
                    shared.meters().event(EventOutcome.TOO_LATE);
                    doorway.refuse(record, origin, "event_too_late", message);
                }
                case Untimely.TooEarly(String message) -> {
                    shared.meters().event(EventOutcome.TOO_EARLY);
                    doorway.refuse(record, origin, "event_too_early", message);
                }
            }
        };
    }

    ProcessorSupplier<byte[], byte[], String, Object> grants() {
        Door.Welcome<BudgetGrant> welcome =
                (grant, record, origin, doorway) -> doorway.in(grant.getCampaign(), new Arrival.Granted(grant), record);
        return supplier(() -> new Door<>(leads("grants"), shared.wire().reader(BudgetGrant.class), welcome), parked);
    }

    ProcessorSupplier<String, Arrival, String, Object> decision() {
        DecisionAssembly assembly = new DecisionAssembly(shared, topics().adResponses());
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Arrival, String, Object> get() {
                return assembly.node();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return assembly.stores();
            }
        };
    }

    ProcessorSupplier<byte[], byte[], String, Object> ledgerDoor() {
        Door.Welcome<BudgetRequest> welcome =
                (report, record, origin, doorway) -> doorway.in(report.getCampaign(), report, record);
        Door.Leads leads = new Door.Leads("ledger-door", LEDGER_PARKED, "ledger", AdTopology.LEDGER_DEAD_LETTERS);
        return supplier(
                () -> new Door<>(leads, shared.wire().reader(BudgetRequest.class), welcome),
                Door.parkedStore(LEDGER_PARKED));
    }

    ProcessorSupplier<String, BudgetRequest, String, SpecificRecord> ledger() {
        Ledger.Outlets outlets = new Ledger.Outlets(
                AdTopology.LEDGER_GRANTS,
                AdTopology.LEDGER_ENTRIES,
                AdTopology.LEDGER_DEAD_LETTERS,
                edges.partitions());
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, BudgetRequest, String, SpecificRecord> get() {
                return new Ledger(
                        shared.catalog(),
                        shared.budget(),
                        shared.clock(),
                        outlets,
                        shared.meters().ledger());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Ledger.store());
            }
        };
    }

    <V extends SpecificRecord> void addSink(Topology topology, String name, Topic<V> topic, String... parents) {
        topology.addSink(name, topic.name(), new StringSerializer(), values(topic), parents);
    }

    /** To the topic and partition that the request asked for; of the reply only the answer is written. */
    void addAnswers(Topology topology, String name, String parent) {
        Topic<AdResponse> topic = topics().adResponses();
        topology.addSink(
                name,
                new Reply.Destination(topic.name()),
                new StringSerializer(),
                Reply.serializer(values(topic)),
                Reply.partitioner(),
                parent);
    }

    /** The end of a reservation goes where its impression would: to the partition that the token names, which is our own. */
    void addOwnEvents(Topology topology, String name, String parent) {
        StreamPartitioner<String, AdEvent> partitioner = (to, token, event, count) ->
                Optional.of(Set.of(Tokens.partitionOf(token).orElseThrow()));
        Topic<AdEvent> topic = topics().adEvents();
        topology.addSink(name, topic.name(), new StringSerializer(), values(topic), partitioner, parent);
    }

    /** By murmur2 of the user key, as Kafka's own default does. */
    void addMoved(Topology topology, String name, String parent) {
        topology.addSink(
                name, topics().adRequestsMoved().name(), new StringSerializer(), new ByteArraySerializer(), parent);
    }

    void addGrants(Topology topology, String name, String parent) {
        Topic<BudgetGrant> topic = topics().budgetGrants();
        topology.addSink(name, topic.name(), new StringSerializer(), values(topic), new GrantPartitioner(), parent);
    }

    private <V extends SpecificRecord> Serializer<V> values(Topic<V> topic) {
        return shared.wire().serde(topic.name(), topic.value()).serializer();
    }

    private static Door.Leads leads(String door) {
        return new Door.Leads(door, PARKED, Doorway.DECISION, Doorway.DEAD_LETTERS);
    }

    private static <P extends Processor<byte[], byte[], String, Object>>
            ProcessorSupplier<byte[], byte[], String, Object> supplier(Supplier<P> processor, StoreBuilder<?> store) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, Object> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store);
            }
        };
    }
}

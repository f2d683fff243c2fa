package millrace;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.budget.BudgetSettings;
import millrace.caps.CapSettings;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Refusal;
import millrace.decision.AuctionSettings;
import millrace.decision.DecisionMeters;
import millrace.decision.DecisionSettings;
import millrace.decision.Exits;
import millrace.decision.Shared;
import millrace.delivery.DeliverySettings;
import millrace.delivery.Documents;
import millrace.delivery.SigningKeys;
import millrace.intake.IntakeCounts;
import millrace.intake.ReplyTopics;
import millrace.laws.Life;
import millrace.laws.Memory;
import millrace.laws.Wrapping;
import millrace.rotation.RotationListener;
import millrace.rotation.RotationSettings;
import millrace.rotation.Rotations;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.BudgetEntry;
import millrace.schemas.Campaign;
import millrace.schemas.CurrencyRates;
import millrace.schemas.DeadLetter;
import millrace.schemas.Impression;
import millrace.schemas.Notice;
import millrace.schemas.Placement;
import millrace.schemas.ServedAd;
import millrace.schemas.Upstream;
import millrace.session.Session;
import millrace.session.SessionSettings;
import millrace.session.Sessions;
import millrace.session.Unnamed;
import millrace.session.UserKey;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.upstream.BidAnswer;
import millrace.upstream.BidCall;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamCall;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology without a broker: one partition, time that only tests move, upstreams that answer when told to.
 */
final class TopologyWorld implements AutoCloseable {
    static final Instant BEGINNING = Instant.parse("2026-03-02T10:00:00Z");

    final Topics topics = Topics.plain();
    final List<Asked> asked = new ArrayList<>();
    final List<Invited> invited = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private static final OpenRtb MESSAGES = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);
    private final Wire wire = Wire.open(RegistrySettings.of("mock://topology-" + System.identityHashCode(this)));
    private final Memory memory = new Memory();
    private final DecisionSettings decision;
    private final Unnamed unnamed;
    /** What the catalog was told, which every life reads from its beginning. */
    private final List<Told> told = new ArrayList<>();

    private TopologyTestDriver driver;
    /** Nobody who asks for money has an answer; only where a world is mortal. */
    boolean ledgerIsAway;

    private final Documents documents;
    private final AuctionSettings auctions;
    private Instant now = BEGINNING;

    /** An upstream was asked; a test completes the answer. */
    record Asked(UpstreamCall call, CompletableFuture<Resolution> answer) {}

    @SuppressWarnings("ArrayRecordComponent") // Carried, never compared.
    private record Told(String topic, String key, byte[] value) {}

    /** A bidder was asked; a test completes the answer. */
    record Invited(BidCall call, CompletableFuture<BidAnswer> answer) {}

    TopologyWorld() {
        this(DecisionSettings.defaults());
    }

    TopologyWorld(DecisionSettings decision) {
        this(decision, Documents.DEFAULTS, Unnamed.SESSION);
    }

    TopologyWorld(DecisionSettings decision, Documents documents) {
        this(decision, documents, Unnamed.SESSION);
    }

    TopologyWorld(DecisionSettings decision, Unnamed unnamed) {
        this(decision, Documents.DEFAULTS, unnamed);
    }

    TopologyWorld(AuctionSettings auctions) {
        this(DecisionSettings.defaults(), Documents.DEFAULTS, Unnamed.SESSION, auctions);
    }

    private TopologyWorld(DecisionSettings decision, Documents documents, Unnamed unnamed) {
        this(decision, documents, unnamed, AuctionSettings.USUAL);
    }

    private TopologyWorld(DecisionSettings decision, Documents documents, Unnamed unnamed, AuctionSettings auctions) {
        this.auctions = auctions;
        this.documents = documents;
        this.decision = decision;
        this.unnamed = unnamed;
        wire.register(schemas(), RegistrationPolicy.DEFAULT, line -> {});
        driver = new TopologyTestDriver(AdTopology.of(nodes()), properties(), BEGINNING);
    }

    /** A world that can {@link #commit} and {@link #crash}. */
    static TopologyWorld mortal() {
        TopologyWorld world = new TopologyWorld();
        world.driver.close();
        world.driver = world.life();
        return world;
    }

    private TopologyTestDriver life() {
        Properties properties = properties();
        properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Wrapping.class);
        properties.put(Wrapping.LIFE, new Remembering());
        Topology empty = new Topology(new TopologyConfig(new StreamsConfig(properties)));
        return new TopologyTestDriver(AdTopology.of(nodes(), empty), properties, now);
    }

    /** Stores outlive a driver; where records stand and go, it knows itself. */
    private final class Remembering implements Life {
        @Override
        public StoreBuilder<?> storeFor(StoreBuilder<?> wanted) {
            return memory.inPlaceOf(wanted);
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public Optional<RecordMetadata> reading() {
            return Optional.empty();
        }

        @Override
        public boolean takes(String sink, Record<?, ?> record) {
            return ledgerIsAway && sink.equals(Exits.BUDGET_REQUESTS);
        }
    }

    /** What was written up to now outlives a crash. */
    void commit() {
        memory.commit();
    }

    /** All that was written since the last commit did not happen; a new life goes on from there. */
    void crash() {
        driver.close();
        memory.crash(writes -> 0);
        asked.clear();
        invited.clear();
        driver = life();
        told.forEach(record -> input(record.topic()).pipeInput(record.key(), record.value(), now));
    }

    private Nodes nodes() {
        LiveCatalog catalog = new LiveCatalog();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Shared shared = new Shared(
                wire,
                catalog,
                call -> {
                    Asked question = new Asked(call, new CompletableFuture<>());
                    asked.add(question);
                    return question.answer();
                },
                call -> {
                    Invited question = new Invited(call, new CompletableFuture<>());
                    invited.add(question);
                    return question.answer();
                },
                new SigningKeys(Map.of(1, new byte[32]), 1),
                new ReplyTopics(Map.of("replies", 4)),
                decision,
                auctions,
                new SessionSettings(SessionSettings.DEFAULT.timeout(), SessionSettings.DEFAULT.sweepRows(), unnamed),
                CapSettings.DEFAULT,
                BudgetSettings.DEFAULTS,
                DeliverySettings.DEFAULTS,
                documents,
                new DecisionMeters(meters),
                Rotations.of(RotationSettings.USUAL, RotationListener.NOBODY),
                () -> now,
                () -> now.toEpochMilli() * 1_000_000,
                random);
        CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));
        return new Nodes(
                shared,
                new Nodes.Edges(
                        topics,
                        1,
                        catalog,
                        CatalogTopics.Readers.over(wire, rules, reason -> false),
                        refusals::add,
                        new IntakeCounts(meters)));
    }

    private Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        topics.all()
                .forEach(topic -> schemas.put(topic.name(), SpecificData.get().getSchema(topic.value())));
        return schemas;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        // Names the folder of its state: other runs of these tests may be on the machine at the same time.
        properties.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "world-" + ProcessHandle.current().pid());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, ownDirectory().toString());
        return properties;
    }

    /** The default is one that everybody on the machine shares. */
    private static Path ownDirectory() {
        try {
            return Files.createTempDirectory("millrace-world");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- in

    void apply(Campaign campaign) {
        tell(topics.campaigns(), campaign.getId(), campaign);
    }

    void apply(Upstream upstream) {
        tell(topics.upstreams(), upstream.getId(), upstream);
    }

    void apply(Placement placement) {
        tell(topics.placements(), placement.getId(), placement);
    }

    /** What one unit of a currency is worth: pairs of a currency and a number. */
    void rates(String currency, Map<String, String> rates) {
        tell(topics.rates(), currency, new CurrencyRates(currency, rates));
    }

    private <V extends SpecificRecord> void tell(Topic<V> topic, String key, V value) {
        told.add(new Told(topic.name(), key, bytes(topic, value)));
        put(topic, key, value);
    }

    void request(AdRequest request) {
        put(topics.adRequests(), "any", request);
    }

    void request(AdRequest request, RecordHeaders headers) {
        TestRecord<String, byte[]> record = new TestRecord<>("any", bytes(topics.adRequests(), request), headers, now);
        input(topics.adRequests().name()).pipeInput(record);
    }

    void bytes(Topic<?> topic, byte[] value) {
        input(topic.name()).pipeInput("any", value, now);
    }

    /** A record of this key is taken away. */
    @SuppressWarnings("NullAway") // A tombstone is a null value.
    void remove(Topic<?> topic, String key) {
        input(topic.name()).pipeInput(key, null, now);
    }

    void event(AdEvent event) {
        put(topics.adEvents(), event.getToken(), event);
    }

    <V extends SpecificRecord> void put(Topic<V> topic, String key, V value) {
        input(topic.name()).pipeInput(key, bytes(topic, value), now);
    }

    private <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
        return wire.writer(topic.name(), topic.value()).write(value);
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    /** The last question to an upstream is answered, and the stream thread has seen it. */
    void answer(Resolution resolution) {
        asked.removeFirst().answer().complete(resolution);
        pass(Duration.ofMillis(2));
    }

    /** A bidder that was asked answers with this message; the stream thread sees it when time passes. */
    void bids(String bidder, String response) {
        Invited question = invited.stream()
                .filter(open -> open.call().bidder().id().equals(bidder)
                        && !open.answer().isDone())
                .findFirst()
                .orElseThrow(() -> new AssertionError(bidder + " was not asked"));
        var reading = MESSAGES.responses().readAndCheck(response.getBytes(StandardCharsets.UTF_8));
        question.answer().complete(new BidAnswer(Answer.of(bidder, reading), BidAnswer.Kind.BIDS));
    }

    /** Time passes, in steps short enough for every punctuator; what is due happens. */
    void pass(Duration time) {
        Duration step = Duration.ofMillis(Math.clamp(time.toMillis() / 50, 2, 1000));
        for (Duration left = time; left.isPositive(); left = left.minus(step)) {
            now = now.plus(step);
            driver.advanceWallClockTime(step);
        }
    }

    Instant now() {
        return now;
    }

    // ---- out

    List<AdResponse> answers() {
        return read(topics.adResponses());
    }

    AdResponse answer() {
        List<AdResponse> all = answers();
        if (all.size() != 1) {
            throw new AssertionError("expected one answer, there are " + all);
        }
        return all.getFirst();
    }

    List<ServedAd> servedAds() {
        return read(topics.servedAds());
    }

    List<Impression> impressions() {
        return read(topics.impressions());
    }

    List<BudgetEntry> ledger() {
        return read(topics.budgetLedger());
    }

    Session session(String user) {
        return new Sessions(driver.getKeyValueStore(Sessions.STORE), SessionSettings.DEFAULT)
                .find(new UserKey(user))
                .orElseThrow();
    }

    List<Notice> notices() {
        return read(topics.notices());
    }

    List<DeadLetter> deadLetters() {
        return read(topics.deadLetters());
    }

    List<TestRecord<String, AdResponse>> replies(String topic) {
        return driver.createOutputTopic(
                        topic,
                        new StringDeserializer(),
                        wire.serde(topics.adResponses().name(), AdResponse.class)
                                .deserializer())
                .readRecordsToList();
    }

    <V extends SpecificRecord> List<TestRecord<String, V>> records(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        wire.serde(topic.name(), topic.value()).deserializer())
                .readRecordsToList();
    }

    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        wire.serde(topic.name(), topic.value()).deserializer())
                .readValuesToList();
    }

    @Override
    public void close() {
        driver.close();
        wire.close();
    }
}

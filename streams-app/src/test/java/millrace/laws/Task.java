package millrace.laws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import millrace.schemas.Campaign;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamCall;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One partition of the decision path, or the ledger: the whole topology in a driver of its own, of which only this part is fed. It reads
 * logs, remembers and sends; {@link #commit} makes all three true at once, {@link #crash} takes them back and begins a new driver.
 */
final class Task implements AutoCloseable, Life {
    private static final java.time.Duration PUNCTUATION = java.time.Duration.ofMillis(2);

    private final Cluster cluster;
    private final int partition;
    private final List<Log> sources;
    private final Memory memory = new Memory();
    private final List<Fact> facts = new ArrayList<>();
    private final List<CompletableFuture<Resolution>> asked = new ArrayList<>();
    private final int[] positions;
    private int[] committed;
    private Map<String, Campaign> catalog = Map.of();
    private int catalogPosition;
    private RecordMetadata reading = new Place("", -1, -1);
    private TopologyTestDriver driver;

    /** Where a record stands. */
    record Place(String topic, int partition, long offset) implements RecordMetadata {}

    Task(Cluster cluster, int partition, List<Log> sources) {
        this.cluster = cluster;
        this.partition = partition;
        this.sources = sources;
        positions = new int[sources.size()];
        committed = positions.clone();
        driver = start();
    }

    private TopologyTestDriver start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "laws");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Wrapping.class);
        properties.put(Wrapping.LIFE, this);
        properties.put("processing.exception.handler.global.enabled", true);
        Topology empty = new Topology(new TopologyConfig(new StreamsConfig(properties)));
        TopologyTestDriver fresh =
                new TopologyTestDriver(cluster.topology(this::ask, empty), properties, cluster.instant());
        driver = fresh;
        catalogPosition = 0;
        learn();
        return fresh;
    }

    private CompletableFuture<Resolution> ask(UpstreamCall call) {
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    // ---- what Wrapping asks for

    @Override
    public StoreBuilder<?> storeFor(StoreBuilder<?> wanted) {
        return memory.inPlaceOf(wanted);
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public Optional<RecordMetadata> reading() {
        return Optional.of(reading);
    }

    @Override
    public boolean takes(String sink, Record<?, ?> record) {
        String key = String.valueOf(record.key());
        facts.add(new Fact.Out(sink, key, record.value(), record.timestamp(), cluster.millis(), catalog));
        return true;
    }

    // ---- what can happen to it

    /** Reads what is new in the catalog, which no commit is about. */
    void learn() {
        List<Log.Entry> entries = cluster.catalog().entries();
        if (catalogPosition == entries.size()) {
            return;
        }
        Map<String, Campaign> known = new HashMap<>(catalog);
        for (Log.Entry entry : entries.subList(catalogPosition, entries.size())) {
            if (entry.value() instanceof Campaign campaign) {
                known.put(campaign.getId(), campaign);
            }
            pipe(cluster.catalogTopic(Objects.requireNonNull(entry.value())), entry);
        }
        catalog = Map.copyOf(known);
        catalogPosition = entries.size();
    }

    /** @return false when there was nothing to read */
    boolean read(int source) {
        Log log = sources.get(source);
        int position = positions[source];
        if (position >= log.entries().size()) {
            return false;
        }
        Log.Entry entry = log.entries().get(position);
        positions[source]++;
        reading = new Place(log.topic(), log.partition(), position);
        facts.add(new Fact.In(Objects.requireNonNull(entry.value()), entry.timestamp()));
        pipe(log.topic(), entry);
        return true;
    }

    int sources() {
        return sources.size();
    }

    boolean readAll() {
        boolean any = false;
        for (int source = 0; source < sources.size(); source++) {
            while (read(source)) {
                any = true;
            }
        }
        return any;
    }

    private void pipe(String topic, Log.Entry entry) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        entry.key(),
                        entry.bytes(),
                        new org.apache.kafka.common.header.internals.RecordHeaders(),
                        entry.timestamp()));
    }

    void punctuate(int times) {
        for (int i = 0; i < times; i++) {
            driver.advanceWallClockTime(PUNCTUATION);
        }
    }

    boolean hasAsked() {
        return !asked.isEmpty();
    }

    /** One of its upstream calls is answered; it may be one of an earlier life. */
    void answer(int index, Resolution resolution) {
        asked.remove(index % asked.size()).complete(resolution);
    }

    void commit() {
        memory.commit();
        committed = positions.clone();
        List<Fact> done = List.copyOf(facts);
        facts.clear();
        cluster.committed(done);
    }

    /** All since the last commit did not happen. */
    void crash() {
        facts.clear();
        restart(writes -> 0);
    }

    /** Under at_least_once: what was sent is sent, but the positions are those of the last commit, and of the stores only a part is kept. */
    void crashAfterSending(IntUnaryOperator kept) {
        List<Fact> sent = List.copyOf(facts);
        facts.clear();
        cluster.committed(sent);
        restart(kept);
    }

    private void restart(IntUnaryOperator kept) {
        driver.close();
        memory.crash(kept);
        System.arraycopy(committed, 0, positions, 0, committed.length);
        driver = start();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // The caller knows the store that it names.
    <S> S store(String name) {
        return memory.store(name);
    }

    @Override
    public void close() {
        driver.close();
    }
}

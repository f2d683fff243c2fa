package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.DeadLetter;
import millrace.schemas.GrantVerdict;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a topology of its own, on RocksDB. */
class LedgerTopologyTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    @TempDir
    Path directory;

    private final Campaigns catalog = new Campaigns();
    private TopologyTestDriver driver;
    private TestInputTopic<String, BudgetRequest> requests;
    private TestOutputTopic<String, BudgetGrant> grants;
    private TestOutputTopic<String, DeadLetter> deadLetters;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "ledger");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(topology(), properties, NOW);
        Serializer<BudgetRequest> reports = (topic, request) -> written(request);
        requests = driver.createInputTopic("budget-requests", new StringSerializer(), reports);
        Deserializer<BudgetGrant> granted = (topic, bytes) -> grant(bytes);
        grants = driver.createOutputTopic("budget-grants", new StringDeserializer(), granted);
        Deserializer<DeadLetter> refused = (topic, bytes) -> deadLetter(bytes);
        deadLetters = driver.createOutputTopic("dead-letters", new StringDeserializer(), refused);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private Topology topology() {
        Serializer<BudgetGrant> granted = (topic, grant) -> written(grant);
        Serializer<BudgetEntry> written = (topic, entry) -> bytes(entry::toByteBuffer);
        Serializer<DeadLetter> refused = (topic, letter) -> written(letter);
        Deserializer<BudgetRequest> reports = (topic, bytes) -> request(bytes);
        Ledger.Outlets outlets = new Ledger.Outlets("grants", "entries", "dead-letters", 4);
        return new Topology()
                .addSource("budget-requests", new StringDeserializer(), reports, "budget-requests")
                .addProcessor(
                        "ledger",
                        () -> new Ledger(catalog, BudgetSettings.DEFAULTS, () -> NOW, outlets),
                        "budget-requests")
                .addStateStore(Ledger.store(), "ledger")
                .addSink("grants", "budget-grants", new StringSerializer(), granted, new GrantPartitioner(), "ledger")
                .addSink("entries", "budget-ledger", new StringSerializer(), written, "ledger")
                .addSink("dead-letters", "dead-letters", new StringSerializer(), refused, "ledger");
    }

    private static BudgetRequest need(int partition, long nanos) {
        return BudgetRequest.newBuilder()
                .setCampaign("c1")
                .setPartition(partition)
                .setSequence(1)
                .setCurrency("USD")
                .setGrantedNanos(0)
                .setWantedNanos(nanos)
                .setNeededNanos(nanos)
                .setSpentNanos(0)
                .setReturnedNanos(0)
                .setReservedNanos(0)
                .setAt(0)
                .build();
    }

    @Test
    void anAskIsAnsweredUnderTheCampaignsKey() {
        catalog.put(Campaigns.limited("c1", 100, 1_000));

        requests.pipeInput("c1", need(2, 300));

        var answer = grants.readKeyValue();
        assertThat(answer.key).isEqualTo("c1");
        assertThat(answer.value.getPartition()).isEqualTo(2);
        assertThat(answer.value.getGrantedNanos()).isEqualTo(300);
        assertThat(answer.value.getAt()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void aCampaignThatComesLaterIsServedByTheClock() {
        // Given
        requests.pipeInput("c1", need(2, 300));
        assertThat(grants.readValue().getVerdict()).isEqualTo(GrantVerdict.REFUSED);

        // When
        catalog.put(Campaigns.limited("c1", 100, 1_000));
        driver.advanceWallClockTime(Duration.ofMillis(500));

        // Then
        assertThat(grants.readValue().getGrantedNanos()).isEqualTo(300);
        driver.advanceWallClockTime(Duration.ofMillis(500));
        assertThat(grants.isEmpty()).isTrue();
    }

    @Test
    void anAbsurdReportGoesToDeadLettersUnderItsOrigin() {
        requests.pipeInput("c1", need(4, 300));

        var letter = deadLetters.readKeyValue();
        assertThat(letter.key).isEqualTo("budget-requests-0-0");
        assertThat(letter.value.getMessage()).contains("partition is 4; allowed is 0 to 3");
        assertThat(grants.isEmpty()).isTrue();
    }

    private static byte[] written(BudgetRequest request) {
        return bytes(request::toByteBuffer);
    }

    private static byte[] written(BudgetGrant grant) {
        return bytes(grant::toByteBuffer);
    }

    private static byte[] written(DeadLetter letter) {
        return bytes(letter::toByteBuffer);
    }

    private static BudgetRequest request(byte[] bytes) {
        return read(() -> BudgetRequest.fromByteBuffer(ByteBuffer.wrap(bytes)));
    }

    private static BudgetGrant grant(byte[] bytes) {
        return read(() -> BudgetGrant.fromByteBuffer(ByteBuffer.wrap(bytes)));
    }

    private static DeadLetter deadLetter(byte[] bytes) {
        return read(() -> DeadLetter.fromByteBuffer(ByteBuffer.wrap(bytes)));
    }

    /** Something of Avro's that does I/O in memory. */
    private interface InMemory<T> {
        T get() throws IOException;
    }

    private static byte[] bytes(InMemory<ByteBuffer> written) {
        ByteBuffer buffer = read(written);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static <T> T read(InMemory<T> value) {
        try {
            return value.get();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.LifetimeInterest;
import millrace.schemas.CapScope;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store as the topology has it: cached, and with its changelog. */
class CachedExposuresTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final CapSubject AD = new CapSubject("c1", "cr1", "acme", "preroll", "up1");
    private static final Viewer ANN = new Viewer("ann", 0, NOON);
    private static final CapRule SIX_A_DAY = new CapRule(CapScope.USER, 6, new CapSpan.Rolling(Duration.ofDays(1)));

    private final List<Consumer<FrequencyCaps>> story = new ArrayList<>();
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<String, String> input =
            driver.createInputTopic("in", new StringSerializer(), new StringSerializer());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void slotsOfOnePodAreOneChangelogRecordAndAreReadBack() {
        run(caps -> {
            for (int slot = 0; slot < 6; slot++) {
                assertThat(caps.reserve("ann", Exposure.reserved(NOON, AD, 0, slot)))
                        .isTrue();
            }
            assertThat(verdict(caps, NOON)).isEqualTo(new CapVerdict.Refused(SIX_A_DAY, 6));
        });

        int records = driver.createOutputTopic(
                        "cached-exposures-test-exposures-changelog",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
        assertThat(records).isOne();
    }

    @Test
    void whatIsCachedAndWhatIsWrittenAreReadTogether() {
        run(caps -> caps.reserve("ann", Exposure.reserved(NOON, AD, 0, 1)));
        run(caps -> caps.reserve("ann", Exposure.reserved(NOON.plus(Duration.ofHours(2)), AD, 0, 2)));
        run(caps -> {
            caps.reserve("ann", Exposure.reserved(NOON.plus(Duration.ofHours(1)), AD, 0, 3));
            caps.reserve("ann", Exposure.reserved(NOON.plusSeconds(1), AD, 0, 4));
            caps.release("ann", NOON.plus(Duration.ofHours(2)), 2);

            Instant later = NOON.plus(Duration.ofHours(3));
            assertThat(caps.of(ANN).remaining(SIX_A_DAY, AD, later)).isEqualTo(3);
        });
    }

    private static CapVerdict verdict(FrequencyCaps caps, Instant now) {
        return caps.of(ANN).check(List.of(SIX_A_DAY), AD, now);
    }

    /** On the stream thread, in a transaction of its own. */
    private void run(Consumer<FrequencyCaps> act) {
        story.add(act);
        input.pipeInput("key", "run", NOON);
        assertThat(story).isEmpty();
    }

    private TopologyTestDriver driver() {
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), "in")
                .addProcessor("decision", Teller::new, "source")
                .addStateStore(FrequencyCaps.exposures(CapSettings.DEFAULT), "decision")
                .addStateStore(FrequencyCaps.lifetime(), "decision");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "cached-exposures-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 1 << 20);
        return new TopologyTestDriver(topology, properties, NOON);
    }

    private final class Teller implements Processor<String, String, Void, Void> {
        private final List<FrequencyCaps> caps = new ArrayList<>();

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            caps.add(new FrequencyCaps(
                    context.getStateStore(FrequencyCaps.STORE),
                    context.getStateStore(FrequencyCaps.LIFETIME),
                    CapSettings.DEFAULT,
                    () -> LifetimeInterest.NONE));
        }

        @Override
        public void process(Record<String, String> record) {
            story.removeFirst().accept(caps.getFirst());
        }
    }
}

package millrace.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.topics.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values are written "id price" here; the wire format is another room's business. */
class CatalogTopicsTest {
    private final LiveCatalog catalog = new LiveCatalog();
    private final List<Refusal> refusals = new ArrayList<>();
    private final CatalogReader reader = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> campaigns;

    @BeforeEach
    void catalogTopicsAreRead() {
        Topology topology = new Topology();
        new CatalogTopics(Topics.plain(), catalog, refusals::add)
                .addTo(
                        topology,
                        new CatalogTopics.Readers(
                                this::campaign,
                                bytes -> reader.upstream(millrace.schemas.Upstream.newBuilder()
                                        .setId(new String(bytes, UTF_8))
                                        .setUrl("http://ads.example/")
                                        .build()),
                                bytes -> reader.placement(millrace.schemas.Placement.newBuilder()
                                        .setId(new String(bytes, UTF_8))
                                        .build()),
                                bytes -> reader.rates(new millrace.schemas.CurrencyRates(
                                        new String(bytes, UTF_8), Map.of("USD", "1.1")))));
        // A topology of global stores alone does not start.
        topology.addSource("requests", new StringDeserializer(), new ByteArrayDeserializer(), "ad-requests");
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put("bootstrap.servers", "none:1");
        driver = new TopologyTestDriver(topology, properties);
        campaigns = input("campaigns");
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void recordsOfAllFourTopicsReachTheCatalog() {
        campaigns.pipeInput("spring", "spring 5".getBytes(UTF_8));
        input("upstreams").pipeInput("alpha", "alpha".getBytes(UTF_8));
        input("placements").pipeInput("preroll", "preroll".getBytes(UTF_8));
        input("rates").pipeInput("EUR", "EUR".getBytes(UTF_8));

        assertThat(catalog.campaign("spring"))
                .map(campaign -> campaign.price().micros())
                .contains(5L);
        assertThat(catalog.upstream("alpha")).isPresent();
        assertThat(catalog.placement("preroll")).isPresent();
        assertThat(catalog.rates().rate("EUR", "USD")).contains(new BigDecimal("1.1"));
    }

    @Test
    void tombstoneEndsACampaign() {
        campaigns.pipeInput("spring", "spring 5".getBytes(UTF_8));
        campaigns.pipeInput("spring", tombstone());

        assertThat(catalog.campaign("spring")).isEmpty();
        assertThat(driver.getKeyValueStore("campaigns").get("spring")).isNull();
    }

    @Test
    void recordThatBreaksARuleIsRefusedAndWhatStoodBeforeStays() {
        campaigns.pipeInput("spring", "spring 5".getBytes(UTF_8));
        campaigns.pipeInput("spring", "spring -1".getBytes(UTF_8), 77L);

        assertThat(catalog.campaign("spring"))
                .map(campaign -> campaign.price().micros())
                .contains(5L);
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.topic()).isEqualTo("campaigns");
            assertThat(refusal.offset()).isEqualTo(1);
            assertThat(refusal.timestamp()).isEqualTo(77);
            assertThat(refusal.key()).isEqualTo("spring");
            assertThat(refusal.value()).isEqualTo("spring -1".getBytes(UTF_8));
            assertThat(refusal.faults()).extracting(Fault::where).containsExactly("priceCpmMicros");
        });
    }

    @Test
    void recordUnderAnotherKeyIsRefused() {
        campaigns.pipeInput("summer", "spring 5".getBytes(UTF_8));

        assertThat(catalog.campaign("spring")).isEmpty();
        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.faults())
                        .containsExactly(new Fault("id", "is 'spring'; the record's key must be the same")));
    }

    @Test
    void laterGoodRecordIsTakenAfterARefusedOne() {
        campaigns.pipeInput("spring", "rubbish".getBytes(UTF_8));
        campaigns.pipeInput("spring", "spring 6".getBytes(UTF_8));

        assertThat(catalog.campaign("spring")).isPresent();
    }

    @Test
    void processorThatFindsItsStoreFullMakesTheCatalogHoldExactlyThat() {
        catalog.campaigns().put(LiveCatalogTest.campaign("ghost", 0, 1, Set.of()));
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("full"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        store.put("spring", "spring 5".getBytes(UTF_8));
        store.put("broken", "rubbish".getBytes(UTF_8));
        CatalogProcessor<Campaign> processor =
                new CatalogProcessor<>("full", this::campaign, Campaign::id, catalog.campaigns(), refusals::add);

        processor.init(context);

        assertThat(catalog.campaign("spring")).isPresent();
        assertThat(catalog.campaign("ghost")).isEmpty();
        assertThat(refusals).isEmpty();
        processor.process(new Record<>("x", "rubbish".getBytes(UTF_8), 5L));
        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.offset()).isEqualTo(-1));
    }

    private Checked<Campaign> campaign(byte[] bytes) {
        String[] words = new String(bytes, UTF_8).split(" ");
        if (words.length != 2) {
            return new Checked.Invalid<>(new Fault("value", "cannot be read"));
        }
        return reader.campaign(
                CatalogReaderTest.campaign(from -> from.setId(words[0]).setPriceCpmMicros(Long.parseLong(words[1]))));
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    @SuppressWarnings("NullAway") // A tombstone is a null, whatever the signature says.
    private static byte[] tombstone() {
        return null;
    }
}

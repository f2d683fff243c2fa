package millrace.devkit.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Placement;
import millrace.schemas.Pool;
import millrace.schemas.SelectorKind;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What is for sale during a bench: one placement, one upstream, {@value #CAMPAIGNS} campaigns of its ads. Caps and budgets are real
 * enough to be read and written at every decision, and too large to refuse one.
 */
final class BenchCatalog {

    static final String PLACEMENT = "bench";
    static final String UPSTREAM = "bench";

    /** Long beyond the latencies that are measured: a pipeline that falls behind shall look slow, not empty. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final int CAMPAIGNS = 5;
    private static final int CAP = 500;
    /** A million units of the currency. */
    private static final long BUDGET_NANOS = 1_000_000L * 1_000_000_000;

    private final Topics topics;
    private final Wire wire;

    /** @param wire with the schemas of the catalog's topics registered */
    BenchCatalog(Topics topics, Wire wire) {
        this.topics = topics;
        this.wire = wire;
    }

    /**
     * Returns when the brokers have all.
     *
     * @throws IllegalStateException if they refuse a record
     */
    void publish(String bootstrapServers, String tagUrl) throws InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records(tagUrl).stream().map(producer::send).toList();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the catalog is not taken: " + e.getMessage(), e);
        }
    }

    List<ProducerRecord<String, byte[]>> records(String tagUrl) {
        var upstreams = wire.writer(topics.upstreams().name(), Upstream.class);
        var placements = wire.writer(topics.placements().name(), Placement.class);
        var campaigns = wire.writer(topics.campaigns().name(), Campaign.class);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        records.add(new ProducerRecord<>(topics.upstreams().name(), UPSTREAM, upstreams.write(upstream(tagUrl))));
        records.add(new ProducerRecord<>(topics.placements().name(), PLACEMENT, placements.write(placement())));
        IntStream.rangeClosed(1, CAMPAIGNS)
                .mapToObj(BenchCatalog::campaign)
                .map(campaign ->
                        new ProducerRecord<>(topics.campaigns().name(), campaign.getId(), campaigns.write(campaign)))
                .forEach(records::add);
        return records;
    }

    private static Upstream upstream(String tagUrl) {
        return Upstream.newBuilder()
                .setId(UPSTREAM)
                .setProtocol(UpstreamProtocol.VAST)
                .setUrl(tagUrl + "?cb=[CACHEBUSTING]&page=[PAGEURL]&ip=[IPADDRESS]")
                .setTimeoutMillis((int) DEADLINE.toMillis())
                .setUserIdParam("uid")
                .build();
    }

    private static Placement placement() {
        return Placement.newBuilder()
                .setId(PLACEMENT)
                .setDeadlineMillis((int) DEADLINE.toMillis())
                .build();
    }

    private static Campaign campaign(int number) {
        return Campaign.newBuilder()
                .setId("bench-" + number)
                .setAdvertiser("advertiser-" + number + ".example")
                .setCurrency("USD")
                .setPriceCpmMicros(2_000_000 + 100_000L * number)
                .setBudgetNanos(BUDGET_NANOS)
                .setCaps(List.of(CapRule.newBuilder()
                        .setScope(CapScope.CAMPAIGN)
                        .setLimit(CAP)
                        .setWindow(CapWindow.ROLLING)
                        .setWindowMillis(Duration.ofDays(1).toMillis())
                        .build()))
                .setPool(Pool.newBuilder()
                        .setUpstreams(List.of(UPSTREAM))
                        .setSelector(SelectorKind.ROUND_ROBIN)
                        .build())
                .build();
    }
}

package millrace.devkit.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Placement;
import millrace.schemas.PlacementAuction;
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
 * What is for sale during a bench: one placement, and either one VAST server with {@value #CAMPAIGNS} campaigns of its ads, or bidders, capped as their bids say who
 * they are. Caps and budgets are real
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
    private final int bidders;

    /**
     * @param wire with the schemas of the catalog's topics registered
     * @param bidders none is a VAST server
     */
    BenchCatalog(Topics topics, Wire wire, int bidders) {
        this.topics = topics;
        this.wire = wire;
        this.bidders = bidders;
    }

    /** Ids, which are their names at the simulated servers. */
    List<String> upstreams() {
        return bidders == 0
                ? List.of(UPSTREAM)
                : IntStream.rangeClosed(1, bidders)
                        .mapToObj(number -> "bidder-" + number)
                        .toList();
    }

    /**
     * Returns when the brokers have all.
     *
     * @throws IllegalStateException if they refuse a record
     */
    void publish(String bootstrapServers, UnaryOperator<String> urls) throws InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records(urls).stream().map(producer::send).toList();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the catalog is not taken: " + e.getMessage(), e);
        }
    }

    /** @param urls of upstreams by their id */
    List<ProducerRecord<String, byte[]>> records(UnaryOperator<String> urls) {
        var upstreams = wire.writer(topics.upstreams().name(), Upstream.class);
        var placements = wire.writer(topics.placements().name(), Placement.class);
        var campaigns = wire.writer(topics.campaigns().name(), Campaign.class);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (String id : upstreams()) {
            Upstream upstream = bidders == 0 ? upstream(urls.apply(id)) : bidder(id, urls.apply(id));
            records.add(new ProducerRecord<>(topics.upstreams().name(), id, upstreams.write(upstream)));
        }
        records.add(new ProducerRecord<>(topics.placements().name(), PLACEMENT, placements.write(placement())));
        IntStream.rangeClosed(1, bidders == 0 ? CAMPAIGNS : 0)
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

    private static Upstream bidder(String id, String url) {
        return Upstream.newBuilder()
                .setId(id)
                .setProtocol(UpstreamProtocol.OPENRTB)
                .setUrl(url)
                .setTimeoutMillis((int) DEADLINE.toMillis())
                .build();
    }

    private Placement placement() {
        Placement.Builder placement =
                Placement.newBuilder().setId(PLACEMENT).setDeadlineMillis((int) DEADLINE.toMillis());
        if (bidders == 0) {
            return placement.build();
        }
        return placement
                .setCaps(List.of(cap()))
                .setMaxDurationMillis(30_000)
                .setAuction(
                        PlacementAuction.newBuilder().setBidders(upstreams()).build())
                .build();
    }

    private static CapRule cap() {
        return CapRule.newBuilder()
                .setScope(CapScope.CAMPAIGN)
                .setLimit(CAP)
                .setWindow(CapWindow.ROLLING)
                .setWindowMillis(Duration.ofDays(1).toMillis())
                .build();
    }

    private static Campaign campaign(int number) {
        return Campaign.newBuilder()
                .setId("bench-" + number)
                .setAdvertiser("advertiser-" + number + ".example")
                .setCurrency("USD")
                .setPriceCpmMicros(2_000_000 + 100_000L * number)
                .setBudgetNanos(BUDGET_NANOS)
                .setCaps(List.of(cap()))
                .setPool(Pool.newBuilder()
                        .setUpstreams(List.of(UPSTREAM))
                        .setSelector(SelectorKind.ROUND_ROBIN)
                        .build())
                .build();
    }
}

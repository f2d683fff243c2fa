package millrace.catalog;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import millrace.check.Checked;
import millrace.schemas.Upstream;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The entrance for catalog records: four global stores in memory, each with its processor. (A persistent store is restored from its
 * checkpoint, past which nothing is read again, and would leave the catalog half empty.)
 *
 * @param refusals takes what was refused, on the thread of the global stores; it must not wait
 */
public record CatalogTopics(Topics topics, LiveCatalog catalog, Consumer<Refusal> refusals) {

    /** Readers of the values of the four topics. They run on the thread of the global stores only, which may wait. */
    public record Readers(
            Function<byte[], Checked<Campaign>> campaigns,
            Function<byte[], Checked<UpstreamConfig>> upstreams,
            Function<byte[], Checked<Placement>> placements,
            Function<byte[], Checked<CurrencyRates>> rates) {

        /**
         * Over the wire format.
         *
         * @param again told why the registry has not answered; waits a while on the thread of the global stores, and says whether to
         *     ask once more (no once the process stops)
         */
        public static Readers over(Wire wire, CatalogReader rules, Predicate<String> again) {
            return new Readers(
                    new PatientReader<>(wire.reader(millrace.schemas.Campaign.class), rules::campaign, again),
                    new PatientReader<>(wire.reader(Upstream.class), rules::upstream, again),
                    new PatientReader<>(wire.reader(millrace.schemas.Placement.class), rules::placement, again),
                    new PatientReader<>(wire.reader(millrace.schemas.CurrencyRates.class), rules::rates, again));
        }
    }

    public void addTo(Topology topology, Readers readers) {
        add(topology, "campaigns", topics.campaigns(), readers.campaigns(), Campaign::id, catalog.campaigns());
        add(topology, "upstreams", topics.upstreams(), readers.upstreams(), UpstreamConfig::id, catalog.upstreams());
        add(topology, "placements", topics.placements(), readers.placements(), Placement::id, catalog.placements());
        add(topology, "rates", topics.rates(), readers.rates(), CurrencyRates::currency, catalog.currencies());
    }

    private <T> void add(
            Topology topology,
            String name,
            Topic<?> topic,
            Function<byte[], Checked<T>> reader,
            Function<T, String> id,
            LiveCatalog.Table<T> table) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                name + "-source",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topic.name(),
                name + "-catalog",
                () -> new CatalogProcessor<>(name, reader, id, table, refusals));
    }
}

package millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import millrace.wire.BasicAuth;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class StreamsSettingsTest {

    @Test
    void defaultsAreThoseOfTheDesign() {
        Properties properties = StreamsSettings.of(Config.defaults());

        assertThat(properties)
                .contains(
                        Map.entry("application.id", "millrace"),
                        Map.entry("bootstrap.servers", "127.0.0.1:9092"),
                        Map.entry("processing.guarantee", "exactly_once_v2"),
                        Map.entry("group.protocol", "classic"),
                        Map.entry("max.task.idle.ms", "-1"),
                        Map.entry("commit.interval.ms", "50"),
                        Map.entry("poll.ms", "2"),
                        Map.entry("producer.linger.ms", "10"),
                        Map.entry("producer.transaction.timeout.ms", "3000"),
                        Map.entry("probing.rebalance.interval.ms", "60000"),
                        Map.entry("consumer.session.timeout.ms", "6000"),
                        Map.entry("consumer.heartbeat.interval.ms", "2000"),
                        Map.entry("replication.factor", "-1"),
                        Map.entry("ensure.explicit.internal.resource.naming", "true"));
    }

    @Test
    void kafkaStreamsTakesThem() {
        StreamsConfig taken = new StreamsConfig(StreamsSettings.of(Config.defaults()));

        assertThat(taken.getMainConsumerConfigs("g", "c", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(taken.getProducerConfigs("p")).containsEntry("transaction.timeout.ms", "3000");
    }

    @Test
    void passedSettingsWinExceptOverWhatCorrectnessHangsOn() {
        Config config = Config.defaults()
                .with(Settings.KAFKA_CLIENT, Map.of("security.protocol", "SSL", "bootstrap.servers", "elsewhere:1"))
                .with(Settings.KAFKA_STREAMS, Map.of("poll.ms", "7", "max.task.idle.ms", "5"));

        Properties properties = StreamsSettings.of(config);

        assertThat(properties)
                .contains(
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("poll.ms", "7"),
                        Map.entry("max.task.idle.ms", "-1"),
                        Map.entry("bootstrap.servers", "127.0.0.1:9092"));
    }

    @Test
    void allStoresShareOneBoundOfMemory() {
        Map<String, Object> configs = Map.of(RocksMemory.BLOCK_BYTES, "8388608", RocksMemory.WRITE_BYTES, "4194304");
        try (Options first = options();
                Options second = options()) {
            RocksMemory memory = new RocksMemory();
            memory.setConfig("a", first, configs);
            memory.setConfig("b", second, configs);

            assertThat(first.writeBufferManager()).isNotNull().isSameAs(second.writeBufferManager());
            assertThat(first.writeBufferSize()).isEqualTo(4L << 20);
            assertThat(((BlockBasedTableConfig) first.tableFormatConfig()).cacheIndexAndFilterBlocks())
                    .isTrue();
            memory.close("a", first);
            assertThat(second.writeBufferManager().isOwningHandle()).isTrue();
        }
    }

    @Test
    void storeWithoutABoundIsRefused() {
        try (Options options = options()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RocksMemory().setConfig("a", options, Map.of()))
                    .withMessageContaining("StreamsSettings");
        }
    }

    @Test
    void ourOwnClientsTakeTheClientSettings() {
        Config config = Config.defaults()
                .with(Settings.KAFKA_BOOTSTRAP_SERVERS, List.of("a:1", "b:2"))
                .with(Settings.KAFKA_CLIENT, Map.of("security.protocol", "SSL"));

        assertThat(ClientSettings.admin(config))
                .contains(Map.entry("bootstrap.servers", "a:1,b:2"), Map.entry("security.protocol", "SSL"));
        assertThat(ClientSettings.producer(config)).contains(Map.entry("acks", "all"));
        assertThat(ClientSettings.consumer(config, true)).contains(Map.entry("isolation.level", "read_committed"));
        assertThat(ClientSettings.consumer(config, false)).contains(Map.entry("isolation.level", "read_uncommitted"));
    }

    @Test
    void registryClientTakesUrlsTimesAndCredentials() {
        Config config = Config.defaults()
                .with(Settings.REGISTRY_URLS, List.of(URI.create("http://a:1/apis"), URI.create("http://b:2")))
                .with(Settings.REGISTRY_LOOKUP_TIMEOUT, Duration.ofMillis(700))
                .with(Settings.REGISTRY_USER, Optional.of("u"))
                .with(Settings.REGISTRY_PASSWORD, Optional.of(new Secret("p")));

        RegistrySettings settings = WireSettings.registry(config);

        assertThat(settings.urls()).containsExactly(URI.create("http://a:1/apis"), URI.create("http://b:2"));
        assertThat(settings.totalTimeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(settings.rounds()).isEqualTo(3);
        assertThat(settings.auth()).contains(new BasicAuth("u", "p"));
        assertThat(WireSettings.registry(Config.defaults()).auth()).isEmpty();
        assertThat(WireSettings.registration(
                        config.with(Settings.REGISTRY_AUTO_REGISTER, false), Duration.ofSeconds(9)))
                .isEqualTo(new RegistrationPolicy(false, Duration.ofSeconds(9)));
    }

    private static Options options() {
        org.rocksdb.RocksDB.loadLibrary();
        Options options = new Options();
        options.setTableFormatConfig(new BlockBasedTableConfig());
        return options;
    }
}

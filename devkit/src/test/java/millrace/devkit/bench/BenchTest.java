package millrace.devkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import millrace.check.Checked;
import millrace.cli.CliCommand;
import millrace.config.Calls;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.config.Settings;
import millrace.devkit.load.AnswerReader;
import millrace.devkit.load.LoadReport;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.upstreams.Latency;
import millrace.devkit.upstreams.UpstreamsCommand;
import millrace.schemas.Campaign;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;
import millrace.topics.Topics;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import millrace.wire.WireLimits;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTest {

    private static final BenchPlan PLAN = new BenchPlan(
            2_000,
            Duration.ofSeconds(100),
            Duration.ofSeconds(60),
            10_000,
            Latency.millis(50),
            Calls.BLOCKING,
            AnswerReader.UNCOMMITTED,
            0,
            2,
            2,
            BenchPlan.Door.KAFKA,
            Map.of("streams.linger", "0ms"));

    @Test
    void optionsBecomeThePlan() {
        var bench = new Bench();
        new CommandLine(bench)
                .parseArgs(
                        "--rate",
                        "2000",
                        "--seconds",
                        "60",
                        "--mode",
                        "blocking",
                        "--read",
                        "uncommitted",
                        "--threads",
                        "2",
                        "--set",
                        "streams.linger=0ms");

        assertThat(bench.plan()).isEqualTo(PLAN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate             | 0     | rate is 0",
                "--upstream-latency | soon  | latency is 'soon'",
                "--seconds          | 0     | duration PT0S",
                "--mode             | maybe | --mode is 'maybe'; allowed is async or blocking",
                "--read             | some  | --read is 'some'; allowed is committed or uncommitted"
            })
    void aWrongOptionIsExplainedWithCode2BeforeAnythingStarts(String option, String value, String message) {
        var errors = new StringWriter();

        int code = new CommandLine(new Bench()).setErr(new PrintWriter(errors)).execute(option, value);

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    @Test
    void thePageOfFiguresSaysWhatTheOptionsStandAt() throws IOException {
        var bench = new Bench();
        new CommandLine(bench).parseArgs();
        BenchPlan plan = bench.plan();

        String heap = PipelineCommand.JVM_OPTIONS.stream()
                .filter(option -> option.startsWith("-Xmx"))
                .map(option -> option.substring("-Xmx".length(), option.length() - 1))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(Path.of("../docs/benchmarks.md")))
                .contains(
                        "`--warm-up " + plan.warmUp().toSeconds() + "`",
                        "`--threads " + plan.threads() + "`",
                        "`--partitions " + plan.partitions() + "`",
                        "`--users " + plan.users() + "`",
                        "**Warm-up**, " + plan.warmUp().toSeconds() + " seconds",
                        "a heap of " + heap + " MiB");
    }

    @Test
    void theCommandLineOffersTheDevkitsCommands() {
        assertThat(ServiceLoader.load(CliCommand.class).stream().map(ServiceLoader.Provider::type))
                .contains(Bench.class, UpstreamsCommand.class);
    }

    @Test
    void thePipelinesConfigurationIsOneThatItTakes(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("millrace.toml");
        var written = new BenchConfig(
                PLAN, "127.0.0.1:9999", "http://127.0.0.1:8888", 7777, directory, new SplittableRandom(1));
        Files.writeString(file, written.toml());

        Checked<Config> loaded = ConfigLoader.load(new ConfigSources(Optional.of(file), Map.of(), List.of()));

        assertThat(loaded).isInstanceOf(Checked.Valid.class);
        Config config = ((Checked.Valid<Config>) loaded).value();
        assertThat(config.get(Settings.DECISION_CALLS)).isEqualTo(Calls.BLOCKING);
        assertThat(config.get(Settings.STREAMS_THREADS)).isEqualTo(2);
        assertThat(config.get(Settings.STREAMS_LINGER)).isZero();
        assertThat(config.get(Settings.TOPICS_PARTITIONS)).isEqualTo(2);
        assertThat(config.get(Settings.ADMIN_PORT)).isEqualTo(7777);
        assertThat(config.get(Settings.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:9999");
        assertThat(config.get(Settings.UPSTREAM_ALLOW)).containsExactly("127.0.0.1");
        assertThat(config.get(Settings.DELIVERY_TOKEN_KEYS)).hasSize(1);
    }

    @Test
    void theCatalogHasOnePlacementOneUpstreamAndFiveCampaignsOfIt() throws Exception {
        Topics topics = Topics.plain();
        var wire = new Wire(InMemorySchemaRegistry.named("bench-catalog"), WireLimits.DEFAULT);
        wire.register(
                Map.of(
                        "campaigns", Campaign.getClassSchema(),
                        "upstreams", Upstream.getClassSchema(),
                        "placements", Placement.getClassSchema()),
                RegistrationPolicy.DEFAULT,
                line -> {});

        List<ProducerRecord<String, byte[]>> records =
                new BenchCatalog(topics, wire, 0).records(id -> "http://127.0.0.1:1/vast/" + id);

        assertThat(records)
                .extracting(ProducerRecord::topic)
                .containsExactly(
                        "upstreams", "placements", "campaigns", "campaigns", "campaigns", "campaigns", "campaigns");
        Campaign campaign =
                wire.reader(Campaign.class).readOrWait(records.getLast().value());
        assertThat(campaign.getId()).isEqualTo(records.getLast().key()).isEqualTo("bench-5");
        assertThat(campaign.getPool().getUpstreams()).containsExactly(BenchCatalog.UPSTREAM);
        assertThat(campaign.getCaps()).hasSize(1);
    }

    @Test
    void biddersAreOfOneAuctionAndCappedByWhatTheyBid() throws Exception {
        Topics topics = Topics.plain();
        Wire wire = new Wire(InMemorySchemaRegistry.named("bench-of-bidders"), WireLimits.DEFAULT);
        wire.register(
                Map.of(
                        "upstreams",
                        Upstream.getClassSchema(),
                        "placements",
                        Placement.getClassSchema(),
                        "campaigns",
                        Campaign.getClassSchema()),
                RegistrationPolicy.DEFAULT,
                line -> {});

        List<ProducerRecord<String, byte[]>> records =
                new BenchCatalog(topics, wire, 8).records(id -> "http://127.0.0.1:1/openrtb/" + id);

        assertThat(records).hasSize(9);
        Placement placement =
                wire.reader(Placement.class).readOrWait(records.getLast().value());
        assertThat(placement.getAuction().getBidders()).hasSize(8).contains("bidder-8");
        assertThat(placement.getCaps()).hasSize(1);
    }

    @Test
    void theReportIsOneLineOfJsonWithTheNamedFigures() throws IOException {
        String json = report(OptionalLong.of(512)).json();
        JsonNode parsed = new ObjectMapper().readTree(json);

        assertThat(json).doesNotContain("\n");
        assertThat(parsed.path("offered").asLong()).isEqualTo(120_000);
        assertThat(parsed.path("answered").asLong()).isEqualTo(119_990);
        assertThat(parsed.path("perSecond").asDouble()).isEqualTo(1_999.8);
        assertThat(parsed.path("p50Ms").asDouble()).isEqualTo(70.1);
        assertThat(parsed.path("p99Ms").asDouble()).isEqualTo(150.5);
        assertThat(parsed.path("p999Ms").asDouble()).isEqualTo(220.0);
        assertThat(parsed.path("lost").asLong()).isEqualTo(10);
        assertThat(parsed.path("duplicated").asLong()).isEqualTo(1);
        assertThat(parsed.path("shed").asLong()).isEqualTo(3);
        assertThat(parsed.path("cpuMicrosPerRequest").asDouble()).isEqualTo(310.2);
        assertThat(parsed.path("rssMiB").asLong()).isEqualTo(512);
        assertThat(parsed.at("/noFillByReason/OVERLOADED").asLong()).isEqualTo(3);
        assertThat(parsed.at("/conditions/mode").asText()).isEqualTo("blocking");
        assertThat(parsed.at("/conditions/warmUpSeconds").asLong()).isEqualTo(100);
    }

    @Test
    void memoryThatIsNotKnownIsNull() throws IOException {
        BenchReport report = report(OptionalLong.empty());

        assertThat(new ObjectMapper().readTree(report.json()).path("rssMiB").isNull())
                .isTrue();
        assertThat(report.table()).contains("? MiB");
    }

    @Test
    void theTableSaysWhatWasMeasuredAndThatTheWarmUpIsLeftOut() {
        assertThat(report(OptionalLong.of(512)).table())
                .contains("2000/s for 60 s after 100 s of warm-up; upstream 50ms, blocking calls, uncommitted reader")
                .containsPattern("p99 +150\\.5 ms")
                .contains("512 MiB")
                .contains("OVERLOADED=3");
    }

    private static BenchReport report(OptionalLong rss) {
        var load = new LoadReport(
                Duration.ofSeconds(15),
                120_000,
                119_990,
                1_999.83,
                70.12,
                150.5,
                220,
                301,
                10,
                1,
                3,
                119_987,
                Map.of("OVERLOADED", 3L),
                2.5);
        return new BenchReport(PLAN, load, 310.23, rss, OptionalDouble.empty());
    }
}

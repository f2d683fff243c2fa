package millrace.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import millrace.cli.ExitCode;
import millrace.cli.Millrace;
import millrace.cli.Pipeline;
import millrace.cli.Surroundings;
import millrace.config.Config;
import millrace.devkit.broker.EmbeddedBroker;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.topics.Topics;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person calls them, against a real broker and registry. */
class CommandsOverBrokerTest {
    private static final String EXAMPLE = "../examples/campaigns.yaml";

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @TempDir
    Path folder;

    private final Deployment deployment = new Deployment(broker, registry);
    private final Topics topics = deployment.topics();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        registry = EmbeddedRegistry.started();
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void exampleIsAppliedAndReadBack() throws MalformedRecordException {
        assertThat(run("apply", "-f", EXAMPLE)).isZero();
        assertThat(run("apply", "-f", EXAMPLE)).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("8 applied at " + broker.bootstrapServers());
        List<ConsumerRecord<String, byte[]>> records = deployment.records(topics.campaigns(), 6);
        assertThat(records.subList(0, 3))
                .extracting(ConsumerRecord::key)
                .containsExactly("spring-cars", "tea", "museum");
        try (Wire wire = deployment.wire()) {
            Campaign campaign =
                    wire.reader(Campaign.class).readOrWait(records.getFirst().value());
            assertThat(campaign.getPriceCpmMicros()).isEqualTo(12_000_000);
        }
    }

    @Test
    void removedRecordIsATombstone() throws IOException {
        Path file = Files.writeString(folder.resolve("gone.yaml"), "campaigns: [{id: tea, removed: true}]");

        assertThat(run("apply", "-f", file.toString())).isZero();

        assertThat(deployment.records(topics.campaigns(), 1)).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("tea");
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void applyingToATopicThatDeletesIsRefused() {
        deployment.create(topics.campaigns().name(), 1, Map.of());

        assertThat(run("apply", "-f", EXAMPLE)).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString())
                .contains("found cleanup.policy=delete; wanted compact")
                .contains("nothing was sent");
    }

    @Test
    void registryThatIsAwayEndsWithThree() {
        assertThat(run("apply", "-f", EXAMPLE, "--registry", "http://127.0.0.1:1"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).startsWith("millrace apply: ").contains("127.0.0.1:1"));
    }

    @Test
    void brokerThatIsAwayEndsWithThree() {
        assertThat(run("event", "--impression", "2", "--bootstrap", "127.0.0.1:1"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString()).startsWith("millrace event: cannot reach Kafka at 127.0.0.1:1");
    }

    @Test
    void requestsAreAnsweredAndEachAnswerPrinted() {
        deployment.createAll();
        try (Responder responder = new Responder(deployment, AdRequest::getId)) {
            assertThat(run("request", "--user", "u1", "--placement", "preroll", "--count", "3", "--country", "DE"))
                    .isZero();

            assertThat(out.toString().lines())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).contains("preroll  empty: capped"));
            assertThat(responder.seen()).hasSize(3).allSatisfy(request -> {
                assertThat(request.getUser().getId()).isEqualTo("u1");
                assertThat(request.getDevice().getGeo().getCountry()).isEqualTo("DE");
            });
            assertThat(run("request", "--user", "u1", "--placement", "preroll", "--json", "--read", "uncommitted"))
                    .isZero();
            assertThat(out.toString().lines().toList().getLast())
                    .startsWith("{\"requestId\":")
                    .endsWith("}");
        }
    }

    @Test
    void requestNobodyAnswersEndsWithOne() {
        deployment.createAll();
        try (Responder responder = new Responder(deployment, request -> "another id")) {
            assertThat(run("request", "--user", "u1", "--placement", "preroll", "--timeout", "2s"))
                    .isEqualTo(ExitCode.FAILED);
            assertThat(responder.seen()).hasSize(1);
        }
        assertThat(err.toString().strip())
                .isEqualTo("millrace request: no answer to 1 of 1 requests within 2s; is a pipeline running?");
    }

    @Test
    void refusedRequestIsPrintedAndEndsWithOne() {
        deployment.createAll();
        try (Responder responder = new Responder(deployment, AdRequest::getId)) {
            assertThat(run("request", "--user", "u1", "--placement", "nowhere")).isEqualTo(ExitCode.FAILED);
            assertThat(responder.seen()).hasSize(1);
        }
        assertThat(out.toString()).contains("error unknown_placement: no such placement");
        assertThat(err.toString().strip())
                .isEqualTo("millrace request: 1 of 1 requests were refused; their answers say why");
    }

    @Test
    void requestWithoutTopicsSaysToStartAPipeline() {
        assertThat(run("request", "--user", "u1", "--placement", "preroll")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("topic " + topics.adRequests() + " does not exist")
                .contains("millrace run");
    }

    @Test
    void eventGoesToTheTokensPartitionUnderTheToken() throws MalformedRecordException {
        deployment.createAll();

        assertThat(run("event", "--impression", "2")).isZero();

        ConsumerRecord<String, byte[]> record =
                deployment.records(topics.adEvents(), 1).getFirst();
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.key()).isEqualTo("2");
        try (Wire wire = deployment.wire()) {
            assertThat(wire.reader(AdEvent.class).readOrWait(record.value()).getToken())
                    .isEqualTo("2");
        }
    }

    @Test
    void tokenOfALargerDeploymentIsRefused() {
        deployment.createAll();

        assertThat(run("event", "--impression", "4")).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("partition 4").contains("has 4");
    }

    private int run(String... words) {
        Surroundings around = new Surroundings(
                deployment.environment(), Clock.systemUTC(), new Random(1), false, Duration.ofSeconds(2));
        return Millrace.commandLine(new NumberTokens(), around)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    /** A token is the number of its partition here. */
    private static final class NumberTokens implements Pipeline {
        @Override
        public Topology topology(Config config) {
            return new Topology();
        }

        @Override
        public OptionalInt partitionOf(String token) {
            return OptionalInt.of(Integer.parseInt(token));
        }
    }
}

package millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import millrace.config.Config;
import millrace.config.ConfigDocs;
import millrace.config.ConfigTemplate;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private static final String KEY = "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "apply",
                "request",
                "event",
                "caps",
                "config",
                "config template",
                "config check",
                "config docs",
                "topology",
                "openrtb",
                "openrtb check",
                "openrtb auction",
                "rotation",
                "rotation simulate",
                "vast",
                "vast inspect",
                "vast check",
                "vast resolve"
            })
    void everyCommandHasHelp(String command) {
        String[] words = (command + " --help").strip().split(" ");

        assertThat(run(words)).isZero();
        assertThat(out.toString()).contains("Usage: millrace " + command).contains("--verbose");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpSaysWhatExitCodesMean() {
        run("--help");

        assertThat(out.toString())
                .contains("Exit codes:")
                .contains("3   Kafka or the schema registry could not be reached.");
    }

    @Test
    void versionIsPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("millrace ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|millrace: a command is missing",
                "aply|millrace: 'aply' is unknown; did you mean apply?",
                "demo|millrace: 'demo' is part of the devkit, which is not on the class path",
                "config|millrace config: one of template, check and docs is missing",
                "openrtb|millrace openrtb: one of check and auction is missing",
                "rotation|millrace rotation: simulate is missing",
                "openrtb check|millrace openrtb check: Missing required parameter: 'FILE'",
                "openrtb auction r.json|millrace openrtb auction: Missing required parameter: 'RESPONSE'",
                "apply|millrace apply: Missing required option: '--file=FILE'",
                "request --user u|millrace request: Missing required option: '--placement=ID'",
                "request --user u --placement p --count 0|millrace request: --count is 0; allowed is 1 to 100000",
                "request --user u --placement p --count x|millrace request: Invalid value for option '--count'",
                "request --user u --placement p --read some|millrace request: --read is 'some'; allowed is committed or uncommitted",
                "request --user u --placement p --timeout 5|millrace request: --timeout is '5'; a duration is",
                "event|millrace event: Missing required option: '--impression=TOKEN'"
            })
    void whatIsAskedWronglyEndsWithTwoAndALine(String words, String message) {
        assertThat(run(words == null ? new String[0] : words.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith(message).contains("Try 'millrace").doesNotContain("\tat ");
        assertThat(err.toString().lines()).hasSize(2);
    }

    @Test
    void templateAndDocsArePrinted() {
        assertThat(run("config", "template")).isZero();
        assertThat(run("config", "docs")).isZero();
        assertThat(out).hasToString(ConfigTemplate.text() + ConfigDocs.text());
    }

    @Test
    void configurationThatIsRightIsSaidToBeSo() throws IOException {
        Path file = write("millrace.toml", "[delivery]\ntoken.keys = [\"" + KEY + "\"]\n");

        assertThat(run("config", "check", file.toString())).isZero();
        assertThat(out.toString()).isEqualTo(file + " is right\n");
    }

    @Test
    void everyFaultOfAConfigurationIsALineAndTheExitCodeFour() throws IOException {
        Path file = write("millrace.toml", "[decision]\ndeadline = 5\ndedline = 1\n");

        assertThat(run("config", "check", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString().lines())
                .containsExactly(
                        "millrace config check: " + file
                                + ":2:1: decision.deadline is '5': a duration is a whole number"
                                + " and a unit: 300ms, 2s, 5m, 1h or 31d",
                        "millrace config check: " + file + ":3:1: unknown setting decision.dedline; did you mean"
                                + " decision.deadline?",
                        "millrace config check: 2 faults; `run` would not start with this");
    }

    @Test
    void configurationWithoutAKeyForTokensWouldNotStart() throws IOException {
        assertThat(run("config", "check", write("millrace.toml", "").toString()))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("delivery.token.keys: no key");
        assertThat(run("config", "check", write("m.toml", "").toString(), "--set", "delivery.token.keys=" + KEY))
                .isZero();
    }

    @Test
    void dryRunChecksFilesAndContactsNobody() {
        assertThat(run("apply", "-f", "../examples/campaigns.yaml", "--dry-run", "--bootstrap", "nobody.invalid:1"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("placement +preroll +put")
                .containsPattern("campaign +spring-cars +put")
                .endsWith("nothing was sent (--dry-run)" + System.lineSeparator());
    }

    @Test
    void everyFaultOfEveryFileIsALine() throws IOException {
        Path first = write("a.yaml", "upstreams: [{id: a}]");
        Path second = write("b.yaml", "campaigns: 5");

        assertThat(run("apply", "-f", first.toString(), "-f", second.toString(), "-f", "gone.yaml"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString().lines())
                .containsExactly(
                        "millrace apply: " + first + ":1:13: upstream a, url: is missing",
                        "millrace apply: " + second + ":1:12: a list of campaigns is wanted",
                        "millrace apply: gone.yaml: no such file",
                        "millrace apply: 3 faults; nothing was sent");
    }

    @Test
    void fileThatIsNotTextIsAFault() throws IOException {
        Path file = Files.write(folder.resolve("x.yaml"), new byte[] {(byte) 0xff});

        assertThat(run("apply", "-f", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("is not UTF-8").contains("1 fault; nothing was sent");
    }

    @Test
    void settingsOfTheCommandLineAreCheckedLikeOthers() {
        assertThat(run("topology", "--set", "decision.deadline=x", "--bootstrap", "nonsense", "--registry", "ftp://x"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString().lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line)
                        .contains("--set kafka.bootstrap.servers: kafka.bootstrap.servers is 'nonsense'"));
    }

    @Test
    void topologyIsPrintedAsKafkaDescribesIt() {
        assertThat(run("topology")).isZero();
        assertThat(out.toString())
                .startsWith("Topologies:")
                .contains("Source: requests-source (topics: [ad-requests])");
    }

    @Test
    void topologyIsDrawn() {
        assertThat(run("topology", "--mermaid")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "flowchart LR",
                        "  subgraph s0[\"sub-topology 0\"]",
                        "    n0[\"decision\"]",
                        "    n1[(\"journal\")]",
                        "  end",
                        "  n2[/\"ad-responses\"/]",
                        "  n3[/\"ad-requests\"/]",
                        "  n0 --- n1",
                        "  n0 --> n2",
                        "  n3 --> n0");
    }

    @Test
    void eventWithoutATokenOfOursEndsWithFour() {
        assertThat(run("event", "--impression", "rubbish")).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).isEqualTo("millrace event: the token is not one that Millrace makes\n");
    }

    @Test
    void brokerThatIsNotThereEndsWithThreeAndALine() {
        assertThat(run("request", "--user", "u", "--placement", "p", "--bootstrap", "nobody.invalid:1"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("millrace request: cannot connect to Kafka at nobody.invalid:1"));
    }

    @Test
    void stackTraceIsPrintedOnlyWhenAskedFor() {
        assertThat(run("event", "--impression", "bug")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("internal error")
                .contains("--verbose")
                .doesNotContain("\tat ");

        assertThat(run("event", "--impression", "bug", "--verbose")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("\tat millrace.");
    }

    @Test
    void commandsOfOtherJarsAreThere() {
        assertThat(run("hello")).isZero();
        assertThat(out.toString().strip()).isEqualTo("hello from a service");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... words) {
        Surroundings around = new Surroundings(
                Map.of(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new Random(1), false, Duration.ZERO);
        CommandLine line = Millrace.commandLine(new OneNode(), around);
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
    }

    private static final class Nothing implements Processor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }

    /** A pipeline of one node. */
    private static final class OneNode implements Pipeline {
        @Override
        public Topology topology(Config config) {
            return new Topology()
                    .addSource(
                            "requests-source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "ad-requests")
                    .addProcessor("decision", Nothing::new, "requests-source")
                    .addStateStore(
                            Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore("journal"), Serdes.ByteArray(), Serdes.ByteArray()),
                            "decision")
                    .addSink(
                            "answers",
                            "ad-responses",
                            new ByteArraySerializer(),
                            new ByteArraySerializer(),
                            "decision");
        }

        @Override
        public OptionalInt partitionOf(String token) {
            if (token.equals("bug")) {
                throw new IllegalStateException("a bug");
            }
            return OptionalInt.empty();
        }
    }
}

package millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Checked;
import millrace.check.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    Path folder;

    @Test
    void nothingGivenIsTheDefaults() {
        Config config = valid(Optional.empty(), Map.of());

        assertThat(config.get(Settings.DECISION_DEADLINE)).isEqualTo(Duration.ofMillis(300));
        assertThat(config.get(Settings.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:9092");
        assertThat(config.get(Settings.STREAMS_GUARANTEE)).isEqualTo(Guarantee.EXACTLY_ONCE_V2);
        assertThat(config.get(Settings.REGISTRY_PASSWORD)).isEmpty();
        assertThat(config.get(Settings.KAFKA_CLIENT)).isEmpty();
        assertThat(config.get(Settings.DELIVERY_TOKEN_KEYS)).isEmpty();
    }

    @Test
    void valuesOfTheFileAreRead() throws IOException {
        Config config = valid(file("""
                [decision]
                deadline = "250ms"
                inflight.max = 100
                calls = "blocking"
                [topics]
                create = false
                [reply]
                topics = ["a", "b"]
                [state]
                cache = "8MiB"
                [kafka.client]
                "security.protocol" = "SASL_SSL"
                sasl.mechanism = "PLAIN"
                """), Map.of());

        assertThat(config.get(Settings.DECISION_DEADLINE)).isEqualTo(Duration.ofMillis(250));
        assertThat(config.get(Settings.DECISION_INFLIGHT_MAX)).isEqualTo(100);
        assertThat(config.get(Settings.DECISION_CALLS)).isEqualTo(Calls.BLOCKING);
        assertThat(config.get(Settings.TOPICS_CREATE)).isFalse();
        assertThat(config.get(Settings.REPLY_TOPICS)).containsExactly("a", "b");
        assertThat(config.get(Settings.STATE_CACHE)).isEqualTo(8L << 20);
        assertThat(config.get(Settings.KAFKA_CLIENT))
                .containsOnly(Map.entry("security.protocol", "SASL_SSL"), Map.entry("sasl.mechanism", "PLAIN"));
    }

    @Test
    void environmentWinsOverTheFileAndTheCommandLineOverBoth() throws IOException {
        Optional<Path> file = file("[decision]\ndeadline = \"250ms\"\nmargin = \"1ms\"\n");

        Config config = valid(
                file,
                Map.of("MILLRACE_DECISION_DEADLINE", "240ms", "MILLRACE_DECISION_MARGIN", "2ms"),
                "decision.margin=3ms");

        assertThat(config.get(Settings.DECISION_DEADLINE)).isEqualTo(Duration.ofMillis(240));
        assertThat(config.get(Settings.DECISION_MARGIN)).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void listsAndClientSettingsComeFromTheEnvironment() {
        Config config = valid(
                Optional.empty(),
                Map.of(
                        "MILLRACE_KAFKA_BOOTSTRAP_SERVERS", "a:1, b:2",
                        "MILLRACE_KAFKA_CLIENT_SASL_JAAS_CONFIG", "secret"));

        assertThat(config.get(Settings.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("a:1", "b:2");
        assertThat(config.get(Settings.KAFKA_CLIENT)).containsExactly(Map.entry("sasl.jaas.config", "secret"));
    }

    @Test
    void variablesThatNameNoSettingAreLeftAlone() {
        valid(Optional.empty(), Map.of("MILLRACE_SERVICE_HOST", "10.0.0.1", "MILLRACE_PORT_8088_TCP", "x"));
    }

    @Test
    void everyErrorOfEverySourceIsListedWithItsPlace() throws IOException {
        Optional<Path> file = file("""
                [decision]
                deadline = "5x"
                inflight.max = 0
                dedline = "1s"
                [topics]
                create = "yes"
                partitions = [1, 2]
                """);

        List<Fault> faults = invalid(file, Map.of("MILLRACE_CAPS_SLOT", "1s"), "decision.calls=maybe", "nothing");

        assertThat(faults)
                .extracting(fault -> fault.toString().replace(folder.toString(), ""))
                .containsExactlyInAnyOrder(
                        "/millrace.toml:2:1: decision.deadline is '5x': a duration is a whole number and a unit: 300ms, 2s, 5m, 1h or 31d",
                        "/millrace.toml:3:1: decision.inflight.max is '0': allowed is 1 to 100000",
                        "/millrace.toml:4:1: unknown setting decision.dedline; did you mean decision.deadline?",
                        "/millrace.toml:6:1: topics.create is 'yes': allowed is true or false",
                        "/millrace.toml:7:1: topics.partitions is '1,2': one value is wanted, not a list",
                        "environment variable MILLRACE_CAPS_SLOT: caps.slot is '1s': allowed is 1m to 1d",
                        "--set decision.calls: decision.calls is 'maybe': allowed is async or blocking",
                        "--set nothing: must be of the form key=value");
    }

    @Test
    void syntaxErrorsOfTheFileHaveLineAndColumn() throws IOException {
        List<Fault> faults = invalid(file("[decision]\ndeadline = \n"), Map.of());

        assertThat(faults)
                .isNotEmpty()
                .first()
                .satisfies(fault -> assertThat(fault.where()).matches(".*millrace.toml:2:[0-9]+"));
    }

    @Test
    void valuesOfNoKnownTypeAreRefused() throws IOException {
        assertThat(invalid(file("[decision]\ndeadline = 1979-05-27\n[reply]\ntopics = [[1]]\n"), Map.of()))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.message()).containsAnyOf("neither", "something else"));
    }

    @Test
    void fileThatIsNotThereIsAnError() {
        assertThat(invalid(Optional.of(folder.resolve("none.toml")), Map.of()))
                .containsExactly(new Fault(folder.resolve("none.toml").toString(), "no such file"));
    }

    @Test
    void fileThatIsNotTextIsAnError() throws IOException {
        Path path = Files.write(folder.resolve("bytes.toml"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(invalid(Optional.of(path), Map.of()))
                .extracting(Fault::message)
                .containsExactly("is not UTF-8");
    }

    @Test
    void secretsComeFromFilesAndNeverPrint() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
        Path key = Files.writeString(folder.resolve("key"), "7:" + KEY + "\n");

        Config config = valid(
                file("[registry]\nuser = \"u\"\npassword = \"file:" + password
                        + "\"\n[delivery]\ntoken.keys = [\"file:" + key + "\"]\n[kafka.client]\n\"ssl.key\" = \"file:"
                        + password
                        + "\"\n"),
                Map.of());

        Secret secret = config.get(Settings.REGISTRY_PASSWORD).orElseThrow();
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret).hasToString("***");
        assertThat(config.get(Settings.KAFKA_CLIENT)).containsEntry("ssl.key", "hunter2");
        assertThat(config.get(Settings.DELIVERY_TOKEN_KEYS)).singleElement().satisfies(signing -> {
            assertThat(signing.id()).isEqualTo(7);
            assertThat(signing.bytes())
                    .isEqualTo("01234567890123456789012345678901".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(signing.toString()).doesNotContain(KEY);
        });
    }

    @Test
    void adminPortThatOthersReachNeedsAToken() {
        assertThat(invalid(Optional.empty(), Map.of("MILLRACE_ADMIN_HOST", "0.0.0.0")))
                .singleElement()
                .asString()
                .contains("admin.token", "is missing", "0.0.0.0");
        assertThat(valid(Optional.empty(), Map.of("MILLRACE_ADMIN_HOST", "0.0.0.0", "MILLRACE_ADMIN_TOKEN", "t"))
                        .get(Settings.ADMIN_TOKEN))
                .isPresent();
        assertThat(valid(Optional.empty(), Map.of("MILLRACE_ADMIN_HOST", "::1")).get(Settings.ADMIN_TOKEN))
                .isEmpty();
    }

    @Test
    void secretThatIsWrongIsNotShown() {
        List<Fault> faults = invalid(
                Optional.empty(),
                Map.of("MILLRACE_DELIVERY_TOKEN_KEYS", "1:dG9vIHNob3J0", "MILLRACE_REGISTRY_URLS", "http://u:pw@host"));

        assertThat(faults)
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.toString())
                        .doesNotContain("dG9vIHNob3J0")
                        .doesNotContain("pw@")
                        .contains("not shown"));
    }

    @Test
    void secretFileThatIsNotThereIsAnError() {
        assertThat(invalid(Optional.empty(), Map.of("MILLRACE_REGISTRY_PASSWORD", "file:/nowhere/pw")))
                .extracting(Fault::message)
                .containsExactly("registry.password is not shown: file /nowhere/pw cannot be read");
        assertThat(invalid(Optional.empty(), Map.of("MILLRACE_KAFKA_CLIENT_X", "file:/nowhere/pw")))
                .extracting(Fault::message)
                .containsExactly("kafka.client.x: file /nowhere/pw cannot be read");
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        List<Fault> faults = invalid(
                Optional.empty(),
                Map.of(
                        "MILLRACE_REGISTRY_LOOKUP_TIMEOUT", "2s",
                        "MILLRACE_STREAMS_TRANSACTION_TIMEOUT", "1s",
                        "MILLRACE_DECISION_MARGIN", "300ms",
                        "MILLRACE_UPSTREAM_CONNECTIONS_MAX", "10",
                        "MILLRACE_REGISTRY_USER", "u",
                        "MILLRACE_TOPICS_REPLICATION", "0",
                        "MILLRACE_KAFKA_STREAMS_GROUP_PROTOCOL", "streams"));

        assertThat(faults)
                .extracting(Fault::toString)
                .containsExactlyInAnyOrder(
                        "registry.lookup.timeout: is 2s; it must be below streams.transaction.timeout, which is 1s",
                        "decision.margin: is 300ms; it must be below decision.deadline, which is 300ms",
                        "upstream.connections.per.route: is 1000; it must be at most upstream.connections.max, which is 10",
                        "registry.password: is missing; user and password go together",
                        "topics.replication: is 0; allowed is -1 for the broker's default, or 1 to 100",
                        "kafka.streams: group.protocol cannot be set here; the topology depends on it");
    }

    @Test
    void onlyTheRunNeedsASigningKey() {
        assertThat(ConfigRules.missingForRun(Config.defaults()))
                .extracting(Fault::where)
                .containsExactly("delivery.token.keys");
        assertThat(ConfigRules.missingForRun(Config.defaults()
                        .with(Settings.DELIVERY_TOKEN_KEYS, List.of(new SigningKey(1, new Secret(KEY))))))
                .isEmpty();
    }

    private Optional<Path> file(String text) throws IOException {
        return Optional.of(Files.writeString(folder.resolve("millrace.toml"), text));
    }

    private static Config valid(Optional<Path> file, Map<String, String> environment, String... sets) {
        return switch (ConfigLoader.load(new ConfigSources(file, environment, List.of(sets)))) {
            case Checked.Valid<Config>(Config config) -> config;
            case Checked.Invalid<Config>(List<Fault> faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static List<Fault> invalid(Optional<Path> file, Map<String, String> environment, String... sets) {
        return switch (ConfigLoader.load(new ConfigSources(file, environment, List.of(sets)))) {
            case Checked.Valid<Config> _ -> throw new AssertionError("was taken");
            case Checked.Invalid<Config>(List<Fault> faults) -> faults;
        };
    }
}

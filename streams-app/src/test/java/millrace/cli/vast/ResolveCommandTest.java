package millrace.cli.vast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import millrace.cli.ExitCode;
import millrace.upstream.Loopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ResolveCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path WORLDS = Path.of("src/test/resources/vast/worlds");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("resolve"));
        all.addAll(List.of(words));
        return VastCommand.commandLine(InstantSource.system(), Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode printed() throws IOException {
        return JSON.readTree(out.toString());
    }

    @Test
    void worldIsReplayedWithoutANetwork() throws IOException {
        assertThat(run("--world", WORLDS.resolve("pod.json").toString())).isZero();

        JsonNode json = printed();
        assertThat(json.get("outcome").asText()).isEqualTo("ADS");
        assertThat(json.get("documentErrorCode").isNull()).isTrue();
        assertThat(json.get("ads"))
                .extracting(ad -> ad.get("id").asText())
                .containsExactly("one", "spare", "p3", "last");
        assertThat(json.get("ads"))
                .extracting(ad -> ad.get("sequence").asText())
                .containsExactly("1", "2", "3", "null");
        assertThat(json.get("gets")).hasSize(4);
        assertThat(json.get("errorPings"))
                .extracting(JsonNode::asText)
                .containsExactly("https://w.example/w2/error?c=301");
        assertThat(json.has("vast")).isFalse();
    }

    @Test
    void mergedDocumentIsPrintedInTheVersionAsked() throws IOException {
        assertThat(run("--world", WORLDS.resolve("merge.json").toString(), "--vast", "4.1"))
                .isZero();

        assertThat(printed().get("vast").asText())
                .startsWith("<VAST version=\"4.1\"")
                .contains("https://outer.example/imp");
    }

    @Test
    void recordedResolutionComesOutTheSameAgain() throws IOException {
        Path file = folder.resolve("world.json");
        try (Loopback server = new Loopback()) {
            String wrapper = "<VAST version=\"4.2\"><Ad id=\"w\"><Wrapper><Impression>https://w.example/i</Impression>"
                    + "<VASTAdTagURI><![CDATA[next?cb=[CACHEBUSTING]&t=[TIMESTAMP]&x=[TRANSACTIONID]]]></VASTAdTagURI>"
                    + "</Wrapper></Ad></VAST>";
            server.answers("/tag", wrapper);
            server.redirects("/next", 302, server.url("/ad"));
            server.answers(
                    "/ad",
                    "<VAST version=\"4.2\"><Ad id=\"a\"><InLine><Creatives><Creative id=\"c\"><Linear><MediaFiles>"
                            + "<MediaFile type=\"video/mp4\">https://m.example/1.mp4</MediaFile></MediaFiles></Linear>"
                            + "</Creative></Creatives></InLine></Ad></VAST>");
            assertThat(run(server.url("/tag"), "--allow", "127.0.0.1", "--record", file.toString()))
                    .isZero();
        }
        JsonNode live = printed();
        assertThat(live.get("ads")).hasSize(1);
        assertThat(live.get("gets")).hasSize(3);
        out.getBuffer().setLength(0);

        assertThat(run("--world", file.toString())).isZero();

        assertThat(printed()).isEqualTo(live);
    }

    @Test
    void limitsOfTheConfigurationHoldForAChain() throws IOException {
        Path file = Files.writeString(folder.resolve("millrace.toml"), "[upstream]\nwrappers.max = 0\n");
        String world = WORLDS.resolve("merge.json").toString();
        run("--world", world);
        assertThat(printed().get("outcome").asText()).as("with the defaults").isEqualTo("ADS");
        out.getBuffer().setLength(0);

        assertThat(run("--world", world, "--config", file.toString())).isZero();

        assertThat(printed().get("outcome").asText()).isEqualTo("NO_AD");
        assertThat(printed().get("gets")).hasSize(1);
    }

    @Test
    void requestsOwnLimitOfDocumentsHoldsForAChain() throws IOException {
        Path file = Files.writeString(folder.resolve("millrace.toml"), "[decision]\ndocuments.max = 1\n");

        assertThat(run("--world", WORLDS.resolve("merge.json").toString(), "--config", file.toString()))
                .isZero();

        assertThat(printed().get("gets")).hasSize(1);
        assertThat(printed().get("reason").asText()).isEqualTo("VAST 302: too many documents");
    }

    @Test
    void breakOfAScheduleIsResolvedThatTheSlotIs() throws IOException {
        String world = WORLDS.resolve("schedule.json").toString();

        assertThat(resolved(world)).isEqualTo("pre");
        assertThat(resolved(world, "--break", "start")).isEqualTo("pre");
        assertThat(resolved(world, "--break", "00:10:00")).isEqualTo("mid");
        assertThat(resolved(world, "--break", "end")).isEqualTo("post");
    }

    private String resolved(String world, String... more) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(run(Stream.concat(Stream.of("--world", world), Stream.of(more))
                        .toArray(String[]::new)))
                .isZero();
        return printed().get("ads").get(0).get("id").asText();
    }

    @Test
    void guardHoldsOnTheCommandLineToo() throws IOException {
        assertThat(run("http://127.0.0.1:9/")).isZero();

        assertThat(printed().get("outcome").asText()).isEqualTo("NO_AD");
        assertThat(printed().get("documentErrorCode").asInt()).isEqualTo(300);
        assertThat(printed().get("reason").asText()).contains("public internet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://a.example/ --world x",
                "--world x --record y",
                "http://a.example/ --vast 5.0",
                "http://a.example/ --timeout 5",
                "http://a.example/ --max-seconds 0",
                "http://a.example/ --max-seconds 99999999",
                "http://a.example/ --break soon",
                "http://a.example/ --mime mp4",
                "http://a.example/ --ip here",
                "http://a.example/ --record /no/such/folder/world.json"
            })
    void whatIsAskedWronglyIsSaid(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void fileThatIsNotThereIsSaid() {
        assertThat(run("--world", "/no/such.json")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("/no/such.json: no such file");
    }

    @Test
    void fileThatIsNoWorldIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("no.json"), "{}");

        assertThat(run("--world", file.toString())).isNotZero();
        assertThat(err.toString()).contains("startUrl");
    }
}

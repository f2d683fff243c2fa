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
import millrace.cli.ExitCode;
import millrace.upstream.Loopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VastCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXAMPLES = "../examples/vast/";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Map<String, String> environment = Map.of();

    private int run(String... arguments) {
        CommandLine line = VastCommand.commandLine(InstantSource.system(), environment);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            nodes.add(JSON.readTree(line));
        }
        return nodes;
    }

    @Test
    void inspectPrintsEveryFieldOfAnInlineAd() throws IOException {
        assertThat(run("inspect", EXAMPLES + "inline-full.xml")).isZero();

        JsonNode expected = JSON.readTree("""
                {"version":"4.3","error":null,"errors":["https://ads.example/none?c=[ERRORCODE]"],"ads":[{
                 "id":"full","sequence":1,"type":"inline","adType":"video","creatives":3,"linears":1,"nonLinears":1,
                 "companions":1,"mediaFiles":2,"icons":1,
                 "impressions":["https://ads.example/imp?cb=[CACHEBUSTING]","https://agency.example/imp"],
                 "errors":["https://ads.example/error?c=[ERRORCODE]"],
                 "tracking":{"start":["https://ads.example/start","https://agency.example/start"],
                  "progress":["https://ads.example/p10","https://ads.example/p90"],
                  "notUsed":["https://ads.example/notused"],"somethingNew":["https://ads.example/new"]},
                 "clickThrough":"https://shoes.example/?a=1&b=2",
                 "clickTracking":["https://ads.example/click","https://agency.example/click"],
                 "customClick":["https://ads.example/share"],"categories":["IAB18-4","IAB22"],
                 "verifications":["meter.example-omid"],
                 "universalAdIds":["ad-id.org ABCD1234000H","unknown unknown","ad-id.org ABCD1234001H","ad-id.org ABCD1234002H"],
                 "extensions":["example-count",""],
                 "viewable":[{"id":"view","viewable":["https://view.example/yes","https://view2.example/yes"],
                  "notViewable":["https://view.example/no"],"viewUndetermined":["https://view.example/unknown"]}],
                 "mezzanines":1,"captions":2,"wrapperUri":null,"followAdditionalWrappers":null,
                 "allowMultipleAds":null,"fallbackOnNoAd":null}]}
                """);
        assertThat(lines()).containsExactly(expected);
    }

    @Test
    void inspectPrintsTheRulesOfAWrapper() throws IOException {
        run("inspect", EXAMPLES + "wrapper-full.xml");

        JsonNode ad = lines().getFirst().get("ads").get(0);
        assertThat(ad.get("type").asText()).isEqualTo("wrapper");
        assertThat(ad.get("wrapperUri").asText())
                .isEqualTo("https://next.example/vast?blocked=[BLOCKEDADCATEGORIES]&cb=[CACHEBUSTING]");
        assertThat(ad.get("followAdditionalWrappers").asBoolean(true)).isFalse();
        assertThat(ad.get("allowMultipleAds").asBoolean(false)).isTrue();
        assertThat(ad.get("fallbackOnNoAd").asBoolean(false)).isTrue();
    }

    @Test
    void inspectPrintsTheBreaksOfASchedule() throws IOException {
        run("inspect", EXAMPLES + "schedule-vmap.xml");

        JsonNode breaks = lines().getFirst().get("breaks");
        assertThat(breaks).hasSize(6);
        assertThat(breaks.get(0).get("timeOffset").asText()).isEqualTo("start");
        assertThat(breaks.get(0).get("breakId").asText()).isEqualTo("pre");
        assertThat(breaks.get(0).get("ads").get(0).get("id").asText()).isEqualTo("in-break");
        assertThat(breaks.get(0).get("adTagUri").isNull()).isTrue();
        assertThat(breaks.get(1).get("adTagUri").asText()).isEqualTo("https://ads.example/mid?a=1&b=2");
        assertThat(breaks.get(1).get("breakType").asText()).isEqualTo("linear,display");
    }

    @Test
    void inspectPrintsALineForEachDocumentAndTheCodeOfABadOne() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.xml"), "<VAST version='4.0'><Ad>");

        assertThat(run("inspect", EXAMPLES + "pod.xml", bad.toString(), EXAMPLES + "no-ad.xml"))
                .isZero();

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0).get("ads")).hasSize(4);
        assertThat(lines().get(0).get("ads").get(2).get("type").isNull()).isTrue();
        assertThat(lines().get(1).get("error").asInt()).isEqualTo(100);
        assertThat(lines().get(2).get("errors")).hasSize(1);
        assertThat(err.toString()).contains("bad.xml: 100, not well-formed");
    }

    @Test
    void fileThatIsNotThereIsSaidAndTheOthersAreRead() throws IOException {
        assertThat(run("inspect", folder.resolve("none.xml").toString(), EXAMPLES + "no-ad.xml"))
                .isEqualTo(ExitCode.FAILED);

        assertThat(lines()).hasSize(1);
        assertThat(err.toString()).contains("none.xml: no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://ads.example/v | ftp://ads.example/v: scheme 'ftp' is not allowed; http or https",
                "file:///etc/passwd | file:///etc/passwd: scheme 'file' is not allowed; http or https",
                "http:// | http://: host is not valid",
                "'' | : no such file",
                "../examples/vast | ../examples/vast: cannot be read: Is a directory"
            })
    void whatIsNoDocumentIsSaidWithItsName(String source, String message) {
        for (String command : List.of("inspect", "check")) {
            err.getBuffer().setLength(0);

            assertThat(run(command, source)).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString().strip()).isEqualTo(message);
        }
    }

    @Test
    void documentWithNothingInItIsEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("blank.xml"), " \n");

        assertThat(run("inspect", file.toString())).isZero();
        assertThat(lines().getFirst().get("error").asInt()).isEqualTo(100);
        assertThat(err.toString().strip()).isEqualTo(file + ": 100, the document is empty");

        out.getBuffer().setLength(0);
        assertThat(run("check", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(out.toString().strip()).isEqualTo(file + ": error: the document is empty (100)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--allow | 10.0.0.0/33 | --allow is '10.0.0.0/33'; allowed is a host, host:port, address or CIDR",
                "--timeout | 5 | --timeout is '5'; a duration is a whole number and a unit",
                "--timeout | 0ms | --timeout is '0ms'; allowed is 1ms to 10m"
            })
    void optionThatIsWrongIsSaid(String option, String value, String message) {
        for (String command : List.of("inspect", "check", "resolve")) {
            err.getBuffer().setLength(0);

            assertThat(run(command, option, value, "http://127.0.0.1:1/")).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains(message);
        }
    }

    @Test
    void allowedDestinationThatIsNoneIsAFaultOfTheConfiguration() throws IOException {
        assertThat(run("inspect", "-c", config("allow = [\"10.0.0.0/33\"]"), EXAMPLES + "pod.xml"))
                .isNotZero();

        assertThat(err.toString()).contains("2:1: upstream.allow is '10.0.0.0/33'");
    }

    @Test
    void inspectAsksForAUrlOnceAndFollowsNothing() throws IOException {
        byte[] wrapper = Files.readAllBytes(Path.of(EXAMPLES, "wrapper-full.xml"));
        try (Loopback server = new Loopback()) {
            server.on("/vast", exchange -> {
                exchange.sendResponseHeaders(200, wrapper.length);
                exchange.getResponseBody().write(wrapper);
            });
            server.on("/empty", exchange -> exchange.sendResponseHeaders(204, -1));
            server.on("/broken", exchange -> exchange.sendResponseHeaders(500, -1));

            int exit = run(
                    "inspect",
                    "--allow",
                    server.allowance(),
                    server.url("/vast"),
                    server.url("/empty"),
                    server.url("/broken"));

            assertThat(exit).isZero();
            assertThat(server.asked).hasSize(3);
            assertThat(lines().get(0).get("ads").get(0).get("id").asText()).isEqualTo("wrap");
            assertThat(lines().get(1).get("error").asInt()).isEqualTo(303);
            assertThat(lines().get(2).get("error").asInt()).isEqualTo(301);
        }
    }

    @Test
    void inspectDoesNotAskPrivateAddressesUnlessToldTo() throws IOException {
        try (Loopback server = new Loopback()) {
            run("inspect", server.url("/vast"));

            assertThat(server.asked).isEmpty();
            assertThat(lines().getFirst().get("error").asInt()).isEqualTo(301);
        }
    }

    @Test
    void limitsOfTheConfigurationHoldForWhatIsInspected() throws IOException {
        run("inspect", "-c", config("document.ads.max = 2"), EXAMPLES + "pod.xml");
        run("inspect", "--config", config("response.max.bytes = \"1KiB\""), EXAMPLES + "linear-4k.xml");

        assertThat(lines().get(0).get("ads")).hasSize(2);
        assertThat(lines().get(1).get("error").asInt()).isEqualTo(100);
        assertThat(err.toString()).contains("at most 1024");
    }

    @Test
    void documentMayBeLongerThanUsualWhereTheConfigurationSaysSo() throws IOException {
        String right = Files.readString(Path.of(EXAMPLES, "linear-4k.xml"));
        Path file = Files.writeString(folder.resolve("long.xml"), right + " ".repeat(512 * 1024));
        assertThat(run("check", file.toString())).as("with the defaults").isEqualTo(ExitCode.INVALID);

        assertThat(run("check", "-c", config("response.max.bytes = \"1MiB\""), file.toString()))
                .isZero();
    }

    @Test
    void limitsOfTheConfigurationHoldForWhatIsChecked() throws IOException {
        String shallow = config("document.depth.max = 8");
        Path file = Files.writeString(
                folder.resolve("deep.xml"), "<VAST version='4.2'>" + "<a>".repeat(9) + "</a>".repeat(9) + "</VAST>");
        assertThat(run("check", file.toString())).as("with the defaults").isZero();

        assertThat(run("check", "--config", shallow, file.toString())).isEqualTo(ExitCode.INVALID);
    }

    @Test
    void environmentIsAConfigurationToo() throws IOException {
        environment = Map.of("MILLRACE_UPSTREAM_DOCUMENT_ADS_MAX", "1");

        run("inspect", EXAMPLES + "pod.xml");

        assertThat(lines().getFirst().get("ads")).hasSize(1);
    }

    @Test
    void destinationsThatTheConfigurationAllowsMayBeAsked() throws IOException {
        try (Loopback server = new Loopback()) {
            server.on("/vast", exchange -> exchange.sendResponseHeaders(204, -1));

            run("inspect", "-c", config("allow = [\"127.0.0.1\"]"), server.url("/vast"));

            assertThat(lines().getFirst().get("error").asInt()).isEqualTo(303);
        }
    }

    @Test
    void configurationThatIsWrongIsRefused() throws IOException {
        assertThat(run("inspect", "-c", config("document.depth.max = 1"), EXAMPLES + "pod.xml"))
                .isNotZero();

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("upstream.document.depth.max is '1'");
    }

    private String config(String setting) throws IOException {
        return Files.writeString(folder.resolve("millrace.toml"), "[upstream]\n" + setting + "\n")
                .toString();
    }

    @Test
    void checkPrintsFileLineSeverityAndElement() throws IOException {
        Path file = Files.writeString(
                folder.resolve("v.xml"), "<VAST version='4.2'>\n  <Ad id='x'><Inline/></Ad>\n</VAST>");

        assertThat(run("check", file.toString())).isEqualTo(ExitCode.INVALID);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith(file + ":2:")
                        && line.contains(": error: VAST/Ad/Inline: Inline is not known; InLine is meant"));
    }

    @Test
    void checkIsContentWithARightDocument() {
        assertThat(run("check", EXAMPLES + "linear-4k.xml")).isZero();

        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkSaysThatAFileIsNotThere() {
        assertThat(run("check", folder.resolve("none.xml").toString())).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("no such file");
    }
}

package millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OpenRtbCommandTest {
    private static final String REQUEST =
            "{\"id\":\"a-1\",\"imp\":[{\"id\":\"1\",\"bidfloor\":0.85,\"banner\":{\"w\":300,\"h\":250}}]}";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void checkPrintsALineForEachFileAndEndsWithFourIfOneIsNotValid() throws IOException {
        String good = write("good.json", REQUEST);
        String bad = write("bad.json", "{\"id\":7,\"imp\":[],\"tmax\":-1}");

        assertThat(run("check", good, bad)).isEqualTo(ExitCode.INVALID);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"file\":\"" + good + "\",\"kind\":\"request\",\"valid\":true,\"faults\":[]}",
                        "{\"file\":\"" + bad + "\",\"kind\":\"request\",\"valid\":false,\"faults\":["
                                + "{\"path\":\"BidRequest.id\",\"message\":\"wrong type, want string\"},"
                                + "{\"path\":\"BidRequest.imp\",\"message\":\"required, empty\"},"
                                + "{\"path\":\"BidRequest.tmax\",\"message\":\"negative: -1\"}]}");
    }

    @Test
    void kindIsToldFromContentThenFromTheNameOrSaid() throws IOException {
        assertThat(run(
                        "check",
                        write("a.json", "{\"id\":\"1\",\"nbr\":2}"),
                        write("response.json", ""),
                        write("b.json", "{}")))
                .isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.contains("\"kind\":\"response\""));
        assertThat(run("check", write("c.json", "<html>"))).isEqualTo(ExitCode.INVALID);
        assertThat(out.toString()).contains("\"kind\":\"unknown\"", "is not JSON: Unexpected character");
        assertThat(run("check", "--kind", "response", write("c.json", "<html>")))
                .isEqualTo(ExitCode.INVALID);
    }

    @Test
    void strictNamesValuesThatNoListHas() throws IOException {
        String file = write("r.json", REQUEST.replace("\"w\":300", "\"w\":300,\"pos\":99"));

        assertThat(run("check", file)).isZero();
        assertThat(run("check", "--strict", file)).isEqualTo(ExitCode.INVALID);
        assertThat(out.toString()).contains("BidRequest.imp[0].banner.pos");
    }

    @Test
    void auctionPrintsWinnersLosersAndNoBids() throws IOException {
        String answer = write(
                "a.json",
                "{\"id\":\"a-1\",\"cur\":\"EUR\",\"seatbid\":[{\"seat\":\"s1\",\"bid\":[" + bid("b1", "1.00")
                        + "]},{\"bid\":[" + bid("b2", "0.90") + "]}]}");
        String none = write("b.json", "{\"id\":\"a-1\",\"nbr\":2}");
        String rates = write("rates.json", "{\"conversions\": {\"EUR\": {\"USD\": 1.10}}}");

        assertThat(run("auction", write("r.json", REQUEST), answer, none, "--rates", rates))
                .isZero();
        assertThat(out.toString().strip())
                .isEqualTo(
                        "{\"winners\":[{\"impid\":\"1\",\"bid\":\"b1\",\"seat\":\"s1\",\"price\":1,\"clearingPrice\":0.91,"
                                + "\"cur\":\"EUR\"}],\"losers\":[{\"bid\":\"b2\",\"seat\":null,\"impid\":\"1\",\"code\":102,"
                                + "\"reason\":\"lost to higher bid\"}],\"nobids\":[{\"bidder\":\"" + none
                                + "\",\"nbr\":2,\"reason\":\"no bids, with a reason\"}]}");
        assertThat(run("auction", write("r.json", REQUEST), answer, "--rates", rates, "--explain"))
                .isZero();
        assertThat(out.toString()).contains("\"explanation\":\"another bid brings more, or as much and won the draw");
    }

    @Test
    void requestOrRatesThatAreWrongHoldNoAuction() throws IOException {
        assertThat(run("auction", write("r.json", "{}"), write("a.json", "{}"))).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("r.json BidRequest.id: required, missing", "no auction was held");
        String rates = write("rates.json", "{\"conversions\": {\"EUR\": {\"USD\": 0}}}");
        assertThat(run("auction", write("r.json", REQUEST), write("a.json", "{}"), "--rates", rates))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("conversions.EUR.USD: is '0'; a number above 0 is wanted");
    }

    @Test
    void whatIsWrongWithTheCommandIsSaidInItsOwnWords() throws IOException {
        String request = write("r.json", REQUEST);
        String answer = write("a.json", "{}");

        assertThat(run("auction", request, "gone.json")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("gone.json: no such file");
        assertThat(run("auction", request, answer, "--increment", "a cent")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'a cent' is no price; wanted is one such as 0.01");
        String bomb =
                write("rates.json", "{\"conversions\": {\"EUR\": {\"USD\": 1e999999999}, \"Gold\": {\"USD\": 3}}}");
        assertThat(run("auction", request, answer, "--rates", bomb)).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString())
                .contains(
                        "conversions.EUR.USD: is '1E+999999999'",
                        "conversions.Gold: is 'Gold'; a currency of ISO 4217");
    }

    private static String bid(String id, String price) {
        return "{\"id\":\"" + id + "\",\"impid\":\"1\",\"price\":" + price + ",\"adid\":\"1\",\"crid\":\"c\"}";
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... words) {
        CommandLine command = OpenRtbCommand.commandLine()
                .setExecutionExceptionHandler(new Failures(() -> false))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return command.execute(words);
    }
}

package millrace.devkit.upstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import millrace.cli.CommandFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ControlTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedUpstreams upstreams = SimulatedUpstreams.start(0, 1);
    private final Browser browser = new Browser();

    @BeforeEach
    void define() {
        upstreams.define("north", Behaviour.ofTenAds("n"));
    }

    @AfterEach
    void stop() {
        browser.close();
        upstreams.close();
    }

    @Test
    void anotherProcessTurnsKnobsWhileItServes() throws Exception {
        HttpResponse<String> turned = control("POST", "/north?latency=5ms..35ms&errorRate=1&mode=empty");

        assertThat(turned.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(turned.body()).path("latency").asText()).isEqualTo("5ms..35ms");
        assertThat(upstreams.behaviour("north").mode()).isEqualTo(Mode.EMPTY);
        assertThat(browser.get(upstreams.tag("north")).statusCode()).isEqualTo(500);
    }

    @Test
    void turningAnotherKnobKeepsTheTurnOfTheAds() throws Exception {
        browser.get(upstreams.tag("north"));

        control("POST", "/north?latency=1ms");

        assertThat(browser.get(upstreams.tag("north")).body()).contains("<Ad id=\"n-2\"");
    }

    @Test
    void anotherProcessDefinesAnUpstream() throws Exception {
        control("PUT", "/south?ads=2&pod=2&wrappers=1");

        JsonNode status = JSON.readTree(browser.get(controlUrl("")).body());

        assertThat(status.at("/upstreams/south/wrappers").asInt()).isEqualTo(1);
        assertThat(status.at("/upstreams/south/pod").asInt()).isEqualTo(2);
        assertThat(status.at("/upstreams/north/mode").asText()).isEqualTo("normal");
        assertThat(browser.get(upstreams.tag("south")).body()).contains("<Wrapper>");
    }

    @Test
    void theStatusCountsWhatWasReceivedButNotItself() throws Exception {
        browser.get(upstreams.tag("north"));
        browser.get(upstreams.tag("north"));

        JsonNode status = JSON.readTree(browser.get(controlUrl("")).body());

        assertThat(status.path("received")).hasSize(1);
        assertThat(status.path("received").path("/vast/north").asInt()).isEqualTo(2);
    }

    @Test
    void oneCanBeShownAlone() throws Exception {
        upstreams.define("out", Behaviour.serving(new Content.Elsewhere("http://x.example/")));

        JsonNode one = JSON.readTree(browser.get(controlUrl("/out")).body());

        assertThat(one.path("tagUri").asText()).isEqualTo("http://x.example/");
    }

    @Test
    void mistakesAreExplained() throws Exception {
        assertThat(control("POST", "/nobody?mode=empty").statusCode()).isEqualTo(404);
        assertThat(control("POST", "/nobody?mode=empty").body()).contains("nobody is not defined; there are [north]");
        assertThat(control("POST", "/north?mode=moody").statusCode()).isEqualTo(400);
        assertThat(control("PUT", "/a%20b").body()).contains("letters, digits");
        assertThat(control("DELETE", "/north").statusCode()).isEqualTo(405);
        assertThatThrownBy(() -> upstreams.behaviour("nobody")).isInstanceOf(UnknownUpstreamException.class);
    }

    @Test
    void aCommandLineDefinesTheSameWay() {
        UpstreamsCommand.define(upstreams, "west?ads=3&latency=50ms");
        UpstreamsCommand.define(upstreams, "plain");

        assertThat(upstreams.behaviour("west").latency()).isEqualTo(Latency.millis(50));
        assertThat(upstreams.behaviour("plain")).isEqualTo(Behaviour.ofTenAds("plain"));
    }

    @Test
    void aCommandThatCannotListenOrDefineSaysWhy() {
        assertThatThrownBy(() -> command("--port", Integer.toString(upstreams.port())))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + upstreams.port());
        assertThatThrownBy(() -> command("--define", "west?speed=1"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("knob speed is unknown");
    }

    private static void command(String... options) throws Exception {
        var command = new UpstreamsCommand();
        new CommandLine(command).parseArgs(options);
        command.call();
    }

    private HttpResponse<String> control(String method, String rest) throws Exception {
        return browser.send(method, controlUrl(rest), "");
    }

    private String controlUrl(String rest) {
        return "http://127.0.0.1:" + upstreams.port() + "/control" + rest;
    }
}

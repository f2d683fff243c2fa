package millrace.devkit.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BidderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REQUEST = """
            {"id":"r-1","tmax":120,"imp":[{"id":"i-1","video":{"mimes":["video/mp4"]}},{"id":"i-2","bidfloor":2.505}]}""";

    private final SimulatedUpstreams upstreams = SimulatedUpstreams.start(0, 1);
    private final Browser browser = new Browser();

    @BeforeEach
    void define() {
        upstreams.define("east", Behaviour.serving(new Content.Inventory(SimulatedAd.numbered("e", 3))));
    }

    @AfterEach
    void stop() {
        browser.close();
        upstreams.close();
    }

    @Test
    void bidsOnEveryImpressionWithWhatTheProtocolAsksFor() throws Exception {
        HttpResponse<String> response = ask(REQUEST);
        JsonNode answer = JSON.readTree(response.body());
        JsonNode bids = answer.at("/seatbid/0/bid");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer.path("id").asText()).isEqualTo("r-1");
        assertThat(answer.path("cur").asText()).isEqualTo("USD");
        assertThat(bids).hasSize(2);
        assertThat(bids.at("/0/impid").asText()).isEqualTo("i-1");
        assertThat(bids.at("/0/price").decimalValue()).isEqualByComparingTo(new BigDecimal("2.5"));
        assertThat(bids.at("/0/crid").asText()).isEqualTo("e-1");
        assertThat(bids.at("/0/cid").asText()).isEqualTo("east-advertiser-1.example");
        assertThat(bids.at("/0/adomain/0").asText()).isEqualTo("advertiser-1.example");
        assertThat(bids.at("/0/burl").asText()).contains("/track/east/billing?").contains("${AUCTION_PRICE}");
        assertThat(Vast.of(bids.at("/0/adm").asText()).text("//Creative/@id")).isEqualTo("e-1");
        assertThat(bids.at("/1/crid").asText()).isEqualTo("e-2");
    }

    @Test
    void doesNotBidBelowTheFloor() throws Exception {
        String floor = "{\"id\":\"r\",\"imp\":[{\"id\":\"i\",\"bidfloor\":2.51}]}";

        assertThat(ask(floor).statusCode()).isEqualTo(204);
        assertThat(ask(floor).statusCode()).as("the second ad costs 2.51").isEqualTo(200);
    }

    @Test
    void unfilledIsA204AndEmptyABidResponseWithoutBids() throws Exception {
        upstreams.change("east", before -> before.withFillRate(0));
        assertThat(ask(REQUEST).statusCode()).isEqualTo(204);

        upstreams.change("east", before -> before.with(Mode.EMPTY));
        JsonNode empty = JSON.readTree(ask(REQUEST).body());

        assertThat(empty.path("id").asText()).isEqualTo("r-1");
        assertThat(empty.path("seatbid")).isEmpty();
        assertThat(empty.has("nbr")).isTrue();
    }

    @Test
    void whatIsNoBidRequestIsA400AndWhatIsNoPostA405() throws Exception {
        assertThat(ask("{").statusCode()).isEqualTo(400);
        assertThat(ask("{\"id\":\"r\"}").statusCode()).isEqualTo(400);
        assertThat(browser.get(upstreams.bidder("east")).statusCode()).isEqualTo(405);
    }

    @Test
    void breaksInTheSameWaysAsATag() throws Exception {
        upstreams.change("east", before -> before.with(Mode.MALFORMED));
        assertThat(ask(REQUEST).body()).endsWith("[{");

        upstreams.change("east", before -> before.with(Mode.OVERSIZED));
        assertThat(ask(REQUEST).body().length()).isGreaterThan(8 * 1024 * 1024);

        upstreams.change("east", before -> before.with(Mode.WRONG_TYPE));
        HttpResponse<String> typed = ask(REQUEST);
        assertThat(typed.headers().firstValue("content-type")).contains("text/html");
        assertThat(JSON.readTree(typed.body()).path("id").asText()).isEqualTo("r-1");

        upstreams.change("east", before -> before.with(Mode.WRONG_ID));
        JsonNode mistaken = JSON.readTree(ask(REQUEST).body());
        assertThat(mistaken.path("id").asText()).isNotEqualTo("r-1");
        assertThat(mistaken.at("/seatbid/0/bid")).isNotEmpty();

        upstreams.change("east", before -> before.with(Mode.REDIRECT));
        String target = ask(REQUEST).headers().firstValue("location").orElseThrow();
        assertThat(browser.send("POST", target, REQUEST).statusCode()).isEqualTo(200);
        assertThat(browser.send("POST", target + "/on", REQUEST).statusCode()).isEqualTo(404);
    }

    @Test
    void aBidderThatOnlyPointsElsewhereHasNoBid() throws Exception {
        upstreams.change("east", before -> before.with(new Content.Elsewhere("http://x.example/")));

        assertThat(ask(REQUEST).statusCode()).isEqualTo(204);
    }

    @Test
    void theBodyIsRemembered() throws Exception {
        ask(REQUEST);

        assertThat(upstreams.received().of("/openrtb/east").getFirst().body()).isEqualTo(REQUEST);
        assertThat(upstreams.received().newest()).hasSize(1);
        assertThat(List.copyOf(upstreams.received().counts().keySet())).containsExactly("/openrtb/east");
    }

    private HttpResponse<String> ask(String body) throws Exception {
        return browser.send("POST", upstreams.bidder("east"), body);
    }
}

package millrace.devkit.upstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import millrace.devkit.http.Request;
import millrace.money.Cpm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VastBehaviourTest {

    private final SimulatedUpstreams upstreams = SimulatedUpstreams.start(0, 1);
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        browser.close();
        upstreams.close();
    }

    @Test
    void adsAreServedInTurn() throws Exception {
        upstreams.define("north", Behaviour.serving(new Content.Inventory(SimulatedAd.numbered("n", 2))));

        List<String> creatives = List.of(
                creative(browser.get(upstreams.tag("north"))),
                creative(browser.get(upstreams.tag("north"))),
                creative(browser.get(upstreams.tag("north"))));

        assertThat(creatives).containsExactly("n-1", "n-2", "n-1");
    }

    @Test
    void anInlineDocumentCarriesWhatTheAdIs() throws Exception {
        var ad = new SimulatedAd(
                "spot.1",
                "brand.example",
                "Soap & <Water>",
                Duration.ofMinutes(1).plusSeconds(30),
                new Cpm(2_500_001),
                "EUR",
                List.of(new SimulatedMedia("https://m.example/a.mp4?x=1&y=2", "video/mp4", 640, 360, 500)));
        upstreams.define("north", Behaviour.serving(new Content.Inventory(List.of(ad))));

        HttpResponse<String> response = browser.get(upstreams.tag("north"));
        Vast vast = Vast.of(response.body());

        assertThat(response.headers().firstValue("content-type")).contains("application/xml; charset=utf-8");
        assertThat(vast.text("//@version[parent::VAST]")).isEqualTo("4.2");
        assertThat(vast.text("//AdTitle")).isEqualTo("Soap & <Water>");
        assertThat(vast.text("//Advertiser")).isEqualTo("brand.example");
        assertThat(vast.text("//Duration")).isEqualTo("00:01:30");
        assertThat(vast.text("//Pricing")).isEqualTo("2.500001");
        assertThat(vast.text("//Pricing/@currency")).isEqualTo("EUR");
        assertThat(vast.text("//UniversalAdId")).isEqualTo("spot.1");
        assertThat(vast.text("//MediaFile")).isEqualTo("https://m.example/a.mp4?x=1&y=2");
        assertThat(vast.text("//Error")).endsWith("/track/north/error?creative=spot.1&code=[ERRORCODE]");
        assertThat(vast.count("//Tracking")).isEqualTo(5);
    }

    @Test
    void aTrackerThatFiresIsCounted() throws Exception {
        upstreams.define("north", Behaviour.ofTenAds("n"));
        String impression = Vast.of(browser.get(upstreams.tag("north")).body()).text("//Impression");

        assertThat(browser.get(impression).statusCode()).isEqualTo(204);

        assertThat(upstreams.received().count("/track/north/impression")).isEqualTo(1);
        assertThat(upstreams.received().of("/track/north/impression").getFirst().query())
                .containsEntry("creative", "n-1");
    }

    @Test
    void aChainLeadsThroughAsManyWrappersAsAsked() throws Exception {
        upstreams.define("chain", Behaviour.serving(new Content.Inventory(SimulatedAd.numbered("c", 1), 1, 3)));

        String url = upstreams.tag("chain");
        int hops = 0;
        Vast vast = Vast.of(browser.get(url).body());
        while (vast.count("//Wrapper") > 0) {
            hops++;
            vast = Vast.of(browser.get(vast.text("//VASTAdTagURI")).body());
        }

        assertThat(hops).isEqualTo(3);
        assertThat(vast.text("//Creative/@id")).isEqualTo("c-1");
        assertThat(upstreams.received().counts()).containsKeys("/vast/chain", "/vast/chain/hop/1", "/vast/chain/hop/3");
    }

    @Test
    void aWrapperCanPointAnywhere() throws Exception {
        upstreams.define("out", Behaviour.serving(new Content.Elsewhere("http://10.0.0.1/internal?a=1&b=2")));

        assertThat(Vast.of(browser.get(upstreams.tag("out")).body()).text("//VASTAdTagURI"))
                .isEqualTo("http://10.0.0.1/internal?a=1&b=2");
    }

    @Test
    void aPodHasItsAdsInSequence() throws Exception {
        upstreams.define("pod", Behaviour.serving(new Content.Inventory(SimulatedAd.numbered("p", 5), 3, 0)));

        Vast first = Vast.of(browser.get(upstreams.tag("pod")).body());
        Vast second = Vast.of(browser.get(upstreams.tag("pod")).body());

        assertThat(first.count("//Ad")).isEqualTo(3);
        assertThat(first.text("//Ad[@sequence='3']//Creative/@id")).isEqualTo("p-3");
        assertThat(second.text("//Ad[@sequence='1']//Creative/@id")).isEqualTo("p-4");
    }

    @Test
    void anEmptyAnswerIsAProperDocumentWithAnError() throws Exception {
        upstreams.define("dry", Behaviour.ofTenAds("d").with(Mode.EMPTY));

        Vast vast = Vast.of(browser.get(upstreams.tag("dry")).body());

        assertThat(vast.count("//Ad")).isZero();
        assertThat(vast.text("/VAST/Error")).endsWith("/track/dry/error?code=[ERRORCODE]");
    }

    @Test
    void noContentIsA204() throws Exception {
        upstreams.define("dry", Behaviour.ofTenAds("d").with(Mode.NO_CONTENT));

        assertThat(browser.get(upstreams.tag("dry")).statusCode()).isEqualTo(204);
    }

    @Test
    void aMalformedDocumentCannotBeParsed() throws Exception {
        upstreams.define("bad", Behaviour.ofTenAds("b").with(Mode.MALFORMED));

        String body = browser.get(upstreams.tag("bad")).body();

        assertThatThrownBy(() -> Vast.of(body)).isInstanceOf(org.xml.sax.SAXException.class);
    }

    @Test
    void anOversizedDocumentIsOverEightMebibytes() throws Exception {
        upstreams.define("fat", Behaviour.ofTenAds("f").with(Mode.OVERSIZED));

        assertThat(browser.get(upstreams.tag("fat")).body().length()).isGreaterThan(8 * 1024 * 1024);
    }

    @Test
    void aServerErrorIsA500() throws Exception {
        upstreams.define("sick", Behaviour.ofTenAds("s").with(Mode.ERROR));

        assertThat(browser.get(upstreams.tag("sick")).statusCode()).isEqualTo(500);
    }

    @Test
    void aHangingServerNeverAnswers() {
        upstreams.define("hung", Behaviour.ofTenAds("h").with(Mode.HANG));

        assertThatThrownBy(() -> browser.get(upstreams.tag("hung"), Duration.ofMillis(150)))
                .isInstanceOf(java.net.http.HttpTimeoutException.class);
        assertThat(upstreams.received().count("/vast/hung")).isEqualTo(1);
    }

    @Test
    void aDrippingServerStartsButTakesLong() {
        upstreams.define("drip", Behaviour.ofTenAds("d").with(Mode.DRIP));

        // The headers arrive with the first drops; the timeout is on the body.
        var body = browser.begin(upstreams.tag("drip"));

        assertThatThrownBy(() -> body.get(700, java.util.concurrent.TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    @Test
    void aDripEndsInAWholeDocument() throws Exception {
        upstreams.define(
                "drip",
                Behaviour.serving(new Content.Elsewhere("http://x.example/")).with(Mode.DRIP));

        assertThat(Vast.of(browser.get(upstreams.tag("drip")).body()).count("//Wrapper"))
                .isEqualTo(1);
    }

    @Test
    void aResetBreaksTheConnection() {
        upstreams.define("cut", Behaviour.ofTenAds("c").with(Mode.RESET));

        assertThatThrownBy(() -> browser.get(upstreams.tag("cut"))).isInstanceOf(IOException.class);
    }

    @Test
    void aRedirectLeadsToTheContentAndALoopToItself() throws Exception {
        upstreams.define("moved", Behaviour.ofTenAds("m").with(Mode.REDIRECT));
        upstreams.define("loop", Behaviour.ofTenAds("l").with(Mode.REDIRECT_LOOP));

        HttpResponse<String> moved = browser.get(upstreams.tag("moved"));
        HttpResponse<String> loop = browser.get(upstreams.tag("loop"));

        assertThat(moved.statusCode()).isEqualTo(302);
        String target = moved.headers().firstValue("location").orElseThrow();
        assertThat(creative(browser.get(target))).isEqualTo("m-1");
        assertThat(loop.headers().firstValue("location")).contains(upstreams.tag("loop"));
    }

    @Test
    void errorsComeAtTheirRateAndRepeatWithTheirSeed() throws Exception {
        upstreams.define("shaky", Behaviour.ofTenAds("s").withErrorRate(0.3));
        List<Integer> first = statuses(upstreams, 200);
        try (var again = SimulatedUpstreams.start(0, 1)) {
            again.define("shaky", Behaviour.ofTenAds("s").withErrorRate(0.3));

            assertThat(statuses(again, 200)).isEqualTo(first);
        }

        assertThat(first.stream().filter(status -> status == 500).count()).isBetween(40L, 80L);
    }

    @Test
    void unfilledRequestsGetNoAd() throws Exception {
        upstreams.define("dry", Behaviour.ofTenAds("d").withFillRate(0));

        assertThat(Vast.of(browser.get(upstreams.tag("dry")).body()).count("//Ad"))
                .isZero();
    }

    @Test
    void cookiesAreSetUntilTheyComeBackAndRemembered() throws Exception {
        upstreams.define("sweet", Behaviour.ofTenAds("s").withCookies(Map.of("uid", "u-77")));

        HttpResponse<String> first = browser.get(upstreams.tag("sweet"));
        HttpResponse<String> second = browser.get(upstreams.tag("sweet"), "Cookie", "uid=u-77; other=1");

        assertThat(first.headers().allValues("set-cookie")).containsExactly("uid=u-77; Path=/");
        assertThat(second.headers().allValues("set-cookie")).isEmpty();
        assertThat(upstreams.received().of("/vast/sweet"))
                .extracting(Request::cookies)
                .containsExactly(Map.of(), Map.of("uid", "u-77", "other", "1"));
    }

    @Test
    void latencyIsKept() throws Exception {
        upstreams.define("far", Behaviour.ofTenAds("f").with(Latency.millis(80)));
        browser.get(upstreams.tag("far"));

        long before = System.nanoTime();
        browser.get(upstreams.tag("far"));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void whatNobodyDefinedIsNotFound() throws Exception {
        upstreams.define("north", Behaviour.ofTenAds("n"));

        assertThat(browser.get(upstreams.tag("south")).statusCode()).isEqualTo(404);
        assertThat(browser.get(upstreams.tag("north") + "/hop/x").statusCode()).isEqualTo(404);
        assertThat(browser.get(upstreams.tag("north").replace("/vast/north", "/nowhere/north"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser.get(upstreams.tag("north").replace("/vast/north", "/"))
                        .statusCode())
                .isEqualTo(404);
    }

    private List<Integer> statuses(SimulatedUpstreams asked, int count) throws Exception {
        return IntStream.range(0, count)
                .mapToObj(i -> browser.status(asked.tag("shaky")))
                .toList();
    }

    private static String creative(HttpResponse<String> response) throws Exception {
        return Vast.of(response.body()).text("//Creative/@id");
    }
}

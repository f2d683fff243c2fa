package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import millrace.schemas.App;
import millrace.schemas.Consent;
import millrace.schemas.Device;
import millrace.schemas.Site;
import millrace.upstream.Ask;
import millrace.upstream.UpstreamCall;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.PercentEncoding;
import millrace.upstream.http.Url;
import org.junit.jupiter.api.Test;

class TagRequestTest {

    private static TagRequest tag(Ask ask) {
        UpstreamCall call = ask.call();
        RequestMacros macros = new RequestMacros(
                call.context(), call.request(), call.slot(), call.request().getBlockedCategories(), "Millrace/9");
        return new TagRequest(call, macros, "Millrace/9");
    }

    private static String firstUrl(Ask ask) throws Url.Refusal {
        return tag(ask).firstUrl().toString();
    }

    private static HttpCall hop(Ask ask, String url) throws Url.Refusal {
        TagRequest tag = tag(ask);
        CookieJar cookies = new CookieJar(Map.of(), tag.firstUrl(), InstantSource.system());
        return tag.get(Url.parse(url), Duration.ofSeconds(1), cookies);
    }

    @Test
    void requestParametersBeatTheUpstreamsAndBothBeatTheTag() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v?keep=1&a=tag&b=tag#frag")
                .param("a", "upstream")
                .param("b", "upstream")
                .request(r -> r.setParams(Map.of("b", "request")));

        assertThat(firstUrl(ask)).isEqualTo("https://t.example/v?keep=1&a=upstream&b=request");
    }

    @Test
    void idsGoIntoTheConfiguredParameters() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v").ids("uid", "did");

        assertThat(firstUrl(ask)).isEqualTo("https://t.example/v?uid=u1&did=d1");
    }

    @Test
    void idsAreKeptBackFromLimitedDevicesAndChildren() throws Url.Refusal {
        Ask limited = Ask.upstream("https://t.example/v")
                .ids("uid", "did")
                .request(r ->
                        r.setDevice(Device.newBuilder().setLimitAdTracking(1).build()));
        Ask child = Ask.upstream("https://t.example/v")
                .ids("uid", "did")
                .request(r -> r.setConsent(Consent.newBuilder().setCoppa(1).build()));

        assertThat(firstUrl(limited)).isEqualTo("https://t.example/v?uid=u1");
        assertThat(firstUrl(child)).isEqualTo("https://t.example/v");
    }

    @Test
    void rawParameterKeepsItsScriptAndCannotInjectAnother() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v")
                .raw("url")
                .request(r -> r.setParams(Map.of(
                        "url", "https://кино.example/фильм?a=1&b=2#x y%41\r\nHost: evil+\u0007",
                        "q", "фильм & co")));

        assertThat(firstUrl(ask))
                .isEqualTo("https://t.example/v?q=%D1%84%D0%B8%D0%BB%D1%8C%D0%BC%20%26%20co"
                        + "&url=https://кино.example/фильм?a=1%26b=2%23x%20y%2541%0D%0AHost:%20evil%2B%07");
    }

    @Test
    void parameterNamesCannotInjectEither() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v").request(r -> r.setParams(Map.of("a&b=c", "1")));

        assertThat(firstUrl(ask)).isEqualTo("https://t.example/v?a%26b%3Dc=1");
    }

    @Test
    void macrosStandInTheTagAndInTheUpstreamsValuesButNotInTheRequests() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/[CACHEBUSTING]?ua=[DEVICEUA]&x=[OWN]")
                .param("ip", "[DEVICEIP]")
                .param("no", "[NOSUCH]")
                .param("p", "[PAGEURL]")
                .request(r -> r.setParams(Map.of("evil", "[DEVICEIP]")));

        assertThat(firstUrl(ask))
                .isEqualTo("https://t.example/01234567?ua=Player%2F1.0%20(TV)&x=%5BOWN%5D"
                        + "&ip=198.51.100.7&no=%5BNOSUCH%5D&p=-1&evil=%5BDEVICEIP%5D");
    }

    @Test
    void serverSideHeadersTellOfTheDevice() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v")
                .request(r -> r.setSite(Site.newBuilder()
                                .setPage("https://s.example/стр x")
                                .build())
                        .setDevice(Device.newBuilder().setLanguage("ru").build()));

        HttpCall call = hop(ask, "https://t.example/v");

        assertThat(call.headers().get("User-Agent")).contains("Millrace/9");
        assertThat(call.headers().get("X-Device-IP")).contains("198.51.100.7");
        assertThat(call.headers().get("X-Forwarded-For")).contains("198.51.100.7");
        assertThat(call.headers().get("X-Device-User-Agent")).contains("Player/1.0 (TV)");
        assertThat(call.headers().get("X-Device-Accept-Language")).contains("ru");
        assertThat(call.headers().get("X-Device-Referer")).contains("https://s.example/%D1%81%D1%82%D1%80%20x");
        assertThat(call.headers().get("X-Correlation-Id")).contains(Ask.CORRELATOR);
        assertThat(call.headers().get("X-Request-Id")).contains("r1");
        assertThat(call.headers().get("X-Device-Requested-With")).isEmpty();
    }

    @Test
    void headersSayWhatTheMacrosSay() throws Url.Refusal {
        Ask ask = Ask.upstream(
                        "https://t.example/v?ip=[DEVICEIP]&ua=[DEVICEUA]&s=[SERVERSIDE]&su=[SERVERUA]&a=[APPBUNDLE]")
                .request(r -> r.setApp(App.newBuilder().setBundle("com.acme").build()));

        HttpCall call = hop(ask, "https://t.example/v");

        assertThat(PercentEncoding.decoded(firstUrl(ask)))
                .isEqualTo("https://t.example/v?ip="
                        + call.headers().get("X-Device-IP").orElseThrow()
                        + "&ua=" + call.headers().get("X-Device-User-Agent").orElseThrow() + "&s=1&su="
                        + call.headers().get("User-Agent").orElseThrow() + "&a="
                        + call.headers().get("X-Device-Requested-With").orElseThrow());
    }

    @Test
    void appTellsItsBundle() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v")
                .request(r -> r.setApp(App.newBuilder().setBundle("com.acme").build()));

        assertThat(hop(ask, "https://t.example/v").headers().get("X-Device-Requested-With"))
                .contains("com.acme");
    }

    @Test
    void headerThatWouldBreakItsLineIsDropped() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v")
                .device("198.51.100.7\r\nX-Evil: 1", "UA\nX-Evil: 1")
                .header("X-Key", "a\r\nb")
                .header("Bad Name", "x")
                .header("Host", "evil.example")
                .header("X-Good", "yes");

        HttpCall call = hop(ask, "https://t.example/v");

        assertThat(call.headers().get("X-Device-IP")).isEmpty();
        assertThat(call.headers().get("X-Device-User-Agent")).isEmpty();
        assertThat(call.originHeaders().fields()).extracting("name").containsExactly("X-Good");
    }

    @Test
    void upstreamsOwnHeadersStayWithItsOrigin() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v").header("X-Api-Key", "secret");

        assertThat(hop(ask, "https://t.example/second").originHeaders().get("X-Api-Key"))
                .contains("secret");
        assertThat(hop(ask, "https://other.example/v").originHeaders().fields()).isEmpty();
        assertThat(hop(ask, "http://t.example/v").originHeaders().fields()).isEmpty();
    }

    @Test
    void requestOverridesDefaultHeadersAndNoOthers() throws Url.Refusal {
        Ask ask = Ask.upstream("https://t.example/v")
                .header("X-Api-Key", "secret")
                .defaultHeader("X-Genre", "any")
                .defaultHeader("X-Channel", "main")
                .defaultHeader("X-Show", "")
                .defaultHeader("X-Live", "")
                .request(r -> r.setHeaders(Map.of(
                        "x-genre", "drama",
                        "X-Show", "the show",
                        "X-Api-Key", "another",
                        "Authorization", "Bearer stolen",
                        "X-Unasked", "1",
                        "Host", "evil.example")));

        assertThat(hop(ask, "https://t.example/v").originHeaders().fields())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactlyInAnyOrder(
                        "X-Api-Key: secret", "X-Genre: drama", "X-Channel: main", "X-Show: the show");
        assertThat(hop(ask, "https://other.example/v").originHeaders().fields()).isEmpty();
        assertThat(hop(ask, "https://other.example/v").headers().get("X-Genre")).isEmpty();
    }

    @Test
    void valueOfARequestThatCannotBeSentLeavesTheDefault() throws Url.Refusal {
        for (String value : List.of("a\r\nX-Evil: 1", "a\nb", "\u0000", " ", "x".repeat(8193))) {
            Ask ask = Ask.upstream("https://t.example/v")
                    .defaultHeader("X-Genre", "any")
                    .request(r -> r.setHeaders(Map.of("X-Genre", value)));

            assertThat(hop(ask, "https://t.example/v").originHeaders().fields())
                    .containsExactly(new HttpHeaders.Field("X-Genre", "any"));
        }
    }

    @Test
    void tagThatIsNotHttpIsRefused() {
        assertThatThrownBy(() -> firstUrl(Ask.upstream("file:///etc/passwd"))).isInstanceOf(Url.Refusal.class);
    }
}

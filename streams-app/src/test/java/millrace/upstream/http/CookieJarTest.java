package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private final Url own = url("https://ads.example/v");
    private final Url other = url("https://other.example/v");

    private static Url url(String text) {
        try {
            return Url.parse(text);
        } catch (Url.Refusal e) {
            throw new AssertionError(e);
        }
    }

    private CookieJar jar(Map<String, String> known) {
        return new CookieJar(known, own, NOW);
    }

    @Test
    void clientsOwnCookiesGoToTheUpstreamsOriginAlone() {
        CookieJar jar = jar(Map.of("uid", "7"));

        assertThat(jar.header(own)).contains("uid=7");
        assertThat(jar.header(other)).isEmpty();
        assertThat(jar.header(url("http://ads.example/v"))).isEmpty();
        assertThat(jar.header(url("https://ads.example:8443/v"))).isEmpty();
    }

    @Test
    void cookieReturnsToTheOriginThatSetIt() {
        CookieJar jar = jar(Map.of());

        jar.received(other, List.of("a=1; Path=/; Domain=ads.example; Secure"));

        assertThat(jar.header(other)).contains("a=1");
        assertThat(jar.header(own)).isEmpty();
        assertThat(jar.changes()).containsExactly(Map.entry("https://other.example/a", "1"));
    }

    @Test
    void rememberedCookieReturnsOnALaterRequest() {
        CookieJar jar = jar(Map.of("https://other.example/a", "1", "https://ads.example/b", "2"));

        assertThat(jar.header(other)).contains("a=1");
        assertThat(jar.header(own)).contains("b=2");
        assertThat(jar.changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=; Path=/",
                "a=x; Max-Age=0",
                "a=x; max-age=-1; expires=Fri, 01 Jan 2027 00:00:00 GMT",
                "a=x; Expires=Wed, 01-Jan-2025 00:00:00 GMT"
            })
    void expiredCookieIsForgotten(String field) {
        CookieJar jar = jar(Map.of("https://ads.example/a", "old"));

        jar.received(own, List.of(field));

        assertThat(jar.header(own)).isEmpty();
        assertThat(jar.changes()).containsExactly(Map.entry("https://ads.example/a", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=x; Max-Age=60; Expires=Wed, 01 Jan 2025 00:00:00 GMT",
                "a=x; Expires=Fri, 01 Jan 2027 00:00:00 GMT",
                "a=x; Expires=soon",
                "a=x"
            })
    void cookieThatLastsIsKept(String field) {
        CookieJar jar = jar(Map.of());

        jar.received(own, List.of(field));

        assertThat(jar.header(own)).contains("a=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "noequals", "=v", "bad name=v", "a=b\u0007c", "a\r\nb=c"})
    void cookieThatIsNotOneIsDropped(String field) {
        CookieJar jar = jar(Map.of());

        jar.received(own, List.of(field));

        assertThat(jar.changes()).isEmpty();
    }

    @Test
    void cookiesAreBoundedInNumberAndSize() {
        CookieJar jar = jar(Map.of());
        List<String> fields = new ArrayList<>();
        fields.add("huge=" + "x".repeat(CookieJar.MAX_SIZE));
        for (int i = 0; i < 60; i++) {
            fields.add("c" + i + "=" + "y".repeat(1000));
        }

        jar.received(own, fields);

        assertThat(jar.changes()).hasSize(CookieJar.MAX_COOKIES).doesNotContainKey("https://ads.example/huge");
        assertThat(jar.header(own).orElseThrow().length()).isLessThanOrEqualTo(CookieJar.MAX_HEADER);
    }

    @Test
    void knownCookieThatWouldBreakTheHeaderIsNotSent() {
        assertThat(jar(Map.of("a", "1\r\nX: y", "b c", "2", "d", "x; e=f")).header(own))
                .isEmpty();
    }
}

package millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.Site;
import millrace.schemas.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionContextTest {
    private static final Instant AT = Instant.parse("2026-03-10T12:00:00.123Z");
    private static final Origin ORIGIN = new Origin("ad-requests", 3, 42);
    private static final Session SESSION = Session.begun("s1", AT).withCookies(Map.of("up1/uid", "7"));

    @Test
    void contextHasEverythingOfRequestAndSession() {
        SessionContext context = context(full().build());

        assertThat(context.requestId()).isEqualTo("r1");
        assertThat(context.timestamp()).isEqualTo(AT);
        assertThat(context.userKey()).isEqualTo("u1");
        assertThat(context.sessionId()).isEqualTo("s1");
        assertThat(context.userId()).contains("u1");
        assertThat(context.deviceId()).contains("d1");
        assertThat(context.ip()).contains("203.0.113.42");
        assertThat(context.userAgent()).contains("Mozilla/5.0");
        assertThat(context.contentUrl()).contains("https://пример.рф/видео");
        assertThat(context.cookies()).containsExactlyInAnyOrderEntriesOf(Map.of("up1/uid", "7", "own", "1"));
        assertThat(context.metadata()).isEqualTo(Map.of("app_version", "1.2"));
    }

    @Test
    void sameRequestFromTheSamePlaceHasTheSameContext() {
        assertThat(context(full().build())).isEqualTo(context(full().build()));
    }

    @Test
    void correlatorAndCachebustingDependOnIdPlaceAndTime() {
        Set<String> correlators = new HashSet<>();
        Set<String> busters = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            AdRequest request = full().setId("r" + i % 10).build();
            Origin origin = new Origin(i % 20 < 10 ? "ad-requests" : "ad-requests-moved", i % 100 / 20, i / 500);
            SessionContext context =
                    Sessions.contextFor(request, new UserKey("u1"), SESSION, origin, AT.plusMillis(i % 500 / 100));
            correlators.add(context.correlator());
            busters.add(context.cachebusting());
            assertThat(context.correlator()).matches("[0-9a-f]{16}");
            assertThat(context.cachebusting()).matches("[0-9]{8}");
        }
        assertThat(correlators).hasSize(1000);
        assertThat(busters).hasSizeGreaterThan(990);
    }

    @Test
    void cookieThatAnUpstreamSetStandsAboveTheRequests() {
        AdRequest request = full().setCookies(Map.of("up1/uid", "forged")).build();

        assertThat(context(request).cookies()).isEqualTo(Map.of("up1/uid", "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4\r\nX: y",
                "host.example",
                "",
                " ",
                "1.2.3.4, 5.6.7.8",
                "::ffff:1.2.3.4:5:6:7:8:9:a:b:c:d:e:f:0:1:2:3:4"
            })
    void ipThatIsNotAnAddressIsLeftOut(String ip) {
        AdRequest request =
                full().setDevice(Device.newBuilder().setIp(ip).build()).build();

        assertThat(context(request).ip()).isEmpty();
    }

    @Test
    void ipv6StandsInForIpv4() {
        AdRequest request = full().setDevice(
                        Device.newBuilder().setIpv6("2001:db8::A").build())
                .build();

        assertThat(context(request).ip()).contains("2001:db8::A");
    }

    @Test
    void controlCharactersNeverReachAHeader() {
        AdRequest request = full().setDevice(
                        Device.newBuilder().setUserAgent("Mo\r\nzi\0lla\u0085").build())
                .setContentUrl("https://a.example/\r\nb")
                .setCookies(Map.of("good", "1", "bad", "1\n2", "ba\rd", "3", "", "4"))
                .setMetadata(Map.of("k\ney", "v\talue"))
                .build();

        SessionContext context = context(request);

        assertThat(context.userAgent()).contains("Mozilla");
        assertThat(context.contentUrl()).contains("https://a.example/b");
        assertThat(context.cookies()).containsOnlyKeys("good", "up1/uid");
        assertThat(context.metadata()).isEqualTo(Map.of("key", "value"));
    }

    @Test
    void sizesAreBounded() {
        Map<String, String> metadata = new HashMap<>();
        Map<String, String> cookies = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            metadata.put("key" + i, "v".repeat(2000));
            cookies.put("cookie" + i, "v".repeat(100));
        }
        metadata.put("k".repeat(129), "1");
        cookies.put("large", "v".repeat(4092));
        AdRequest request = full().setDevice(Device.newBuilder()
                        .setUserAgent("x".repeat(2047) + "😀")
                        .build())
                .setContentUrl("https://" + "a".repeat(4096))
                .setMetadata(metadata)
                .setCookies(cookies)
                .build();

        SessionContext context = context(request);

        assertThat(context.userAgent()).contains("x".repeat(2047));
        assertThat(context.contentUrl()).isEmpty();
        assertThat(context.metadata()).hasSize(50).containsKey("key0").doesNotContainKey("k".repeat(129));
        assertThat(context.metadata().values()).allMatch(value -> value.length() == 1024);
        assertThat(context.cookies()).hasSize(50).containsKey("up1/uid").doesNotContainKey("large");
        assertThat(context).isEqualTo(context(request));
    }

    @Test
    void pageOfTheSiteIsTheContentUrlWhenThereIsNone() {
        AdRequest request = full().setContentUrl(null)
                .setSite(Site.newBuilder().setPage("https://page.example").build())
                .build();

        assertThat(context(request).contentUrl()).contains("https://page.example");
    }

    @Test
    void sharedIdsAreNotPassedOn() {
        AdRequest request = full().setUser(User.newBuilder().setId("unknown").build())
                .setDevice(Device.newBuilder().setId("0").build())
                .build();

        assertThat(context(request).userId()).isEmpty();
        assertThat(context(request).deviceId()).isEmpty();
    }

    @Test
    void contextIsImmutable() {
        SessionContext context = context(full().build());

        SessionContext more = context.withMetadata(Map.of("app_version", "2", "app", "x"));

        assertThat(more.metadata()).isEqualTo(Map.of("app_version", "2", "app", "x"));
        assertThat(context.metadata()).isEqualTo(Map.of("app_version", "1.2"));
        assertThatThrownBy(() -> context.cookies().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> context.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(context.toString()).doesNotContain("u1").doesNotContain("203.0.113.42");
    }

    private static SessionContext context(AdRequest request) {
        return Sessions.contextFor(request, new UserKey("u1"), SESSION, ORIGIN, AT);
    }

    private static AdRequest.Builder full() {
        return Requests.request("r1")
                .setUser(User.newBuilder().setId("u1").build())
                .setDevice(Device.newBuilder()
                        .setId("d1")
                        .setIp("203.0.113.42")
                        .setUserAgent("Mozilla/5.0")
                        .build())
                .setContentUrl("https://пример.рф/видео")
                .setCookies(Map.of("own", "1"))
                .setMetadata(Map.of("app_version", "1.2"));
    }
}

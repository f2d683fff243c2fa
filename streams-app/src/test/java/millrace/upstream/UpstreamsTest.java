package millrace.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import millrace.catalog.CacheTerms;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UpstreamsTest {
    private Loopback server;
    private Upstreams upstreams;
    private final CountDownLatch nameServer = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        server = new Loopback();
        upstreams = open(List.of("127.0.0.1"));
    }

    @AfterEach
    void stop() {
        nameServer.countDown();
        upstreams.close();
        server.close();
    }

    private Upstreams open(List<String> allow) {
        UpstreamSettings settings = new UpstreamSettings(
                HttpSettings.defaults().allowing(allow),
                VastLimits.defaults(),
                VastAnswers.defaults(),
                "Millrace/test");
        return Upstreams.start(settings, this::lookup, InstantSource.system());
    }

    private List<InetAddress> lookup(String host) throws UnknownHostException {
        if (host.startsWith("slow")) {
            try {
                nameServer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (host.endsWith(".example")) {
            return List.of(InetAddress.ofLiteral("127.0.0.1"));
        }
        throw new UnknownHostException(host);
    }

    private static String inline(String id) {
        return "<VAST version=\"4.0\"><Ad id=\"" + id + "\"><InLine><Creatives><Creative id=\"c\"><Linear>"
                + "<Duration>00:00:10</Duration><MediaFiles><MediaFile type=\"video/mp4\">https://m.example/1.mp4"
                + "</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>";
    }

    private static String wrapper(String id, String tag) {
        return "<VAST version=\"4.0\"><Ad id=\"" + id + "\"><Wrapper><Error>https://err.example/" + id
                + "?c=[ERRORCODE]</Error><VASTAdTagURI><![CDATA[" + tag + "]]></VASTAdTagURI></Wrapper></Ad></VAST>";
    }

    private Resolution resolve(Ask ask) {
        return upstreams.resolve(ask.call()).toCompletableFuture().join();
    }

    private static <T extends UpstreamFailure> void assertFailed(Resolution resolution, Class<T> kind) {
        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolution.Failed.class, f -> assertThat(f.failure()).isInstanceOf(kind));
    }

    private static void assertFilled(Resolution resolution, String adId) {
        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolution.Filled.class,
                        f -> assertThat(f.ads().getFirst().adId()).contains(adId));
    }

    @Test
    void inlineAdComesBack() {
        server.answers("/v", inline("a"));

        assertFilled(resolve(Ask.upstream(server.url("/v"))), "a");
        assertThat(upstreams.inFlight()).isZero();
    }

    @Test
    void answerIsKeptWhereTheUpstreamsRecordSaysSo() {
        server.answers("/v", 200, Map.of("Cache-Control", "max-age=600"), bytes(inline("a")));
        Ask ask = Ask.upstream(server.url("/v")).cache(new CacheTerms(Duration.ofMinutes(1), false));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        upstreams.bindTo(registry);

        assertFilled(resolve(ask), "a");
        assertFilled(resolve(ask), "a");
        assertThat(server.asked).hasSize(1);
        assertThat(registry.get("millrace.upstream.cache.requests")
                        .tag("result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("millrace.upstream.cache.requests")
                        .tag("result", "miss")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("millrace.upstream.cache.bytes").gauge().value())
                .isPositive();

        assertFilled(resolve(Ask.upstream(server.url("/v"))), "a");
        assertThat(server.asked).as("whose record says nothing").hasSize(2);
    }

    @Test
    void documentWithTrackersIsKeptOnlyWhenThatIsAskedFor() {
        String tracked = inline("a").replace("<Creatives>", "<Impression>https://t.example/i</Impression><Creatives>");
        server.answers("/v", 200, Map.of("Cache-Control", "max-age=600"), bytes(tracked));

        Ask careful = Ask.upstream(server.url("/v")).cache(new CacheTerms(Duration.ofMinutes(1), false));
        resolve(careful);
        resolve(careful);
        assertThat(server.asked).hasSize(2);

        Ask bold = Ask.upstream(server.url("/v")).cache(new CacheTerms(Duration.ofMinutes(1), true));
        resolve(bold);
        assertFilled(resolve(bold), "a");
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void documentsOfOthersInTheChainAreNotKept() throws IOException {
        try (Loopback other = new Loopback()) {
            other.answers("/inner", 200, Map.of("Cache-Control", "max-age=600"), bytes(inline("a")));
            server.answers(
                    "/v",
                    200,
                    Map.of("Cache-Control", "max-age=600"),
                    bytes("<VAST version=\"4.0\"><Ad id=\"w\"><Wrapper><VASTAdTagURI><![CDATA[" + other.url("/inner")
                            + "]]></VASTAdTagURI></Wrapper></Ad></VAST>"));
            Ask ask = Ask.upstream(server.url("/v")).cache(new CacheTerms(Duration.ofMinutes(1), false));

            assertFilled(resolve(ask), "a");
            assertFilled(resolve(ask), "a");

            assertThat(server.asked).hasSize(1);
            assertThat(other.asked).hasSize(2);
        }
    }

    @Test
    void headerOfARequestCannotAddAnotherOnTheWire() {
        server.answers("/v", inline("a"));

        resolve(Ask.upstream(server.url("/v"))
                .defaultHeader("X-Genre", "any")
                .defaultHeader("X-Odd", "")
                .request(r -> r.setHeaders(
                        Map.of("X-Genre", "a\r\nX-Evil: 1", "X-Odd", "\u010d\u010aX-Evil: 1", "X-Evil", "1"))));

        assertThat(server.asked.getFirst().header("X-Genre")).isEqualTo("any");
        assertThat(server.asked.getFirst().headers()).doesNotContainKey("X-evil");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void chainOfFiveWrappersIsFollowedWithTheSameContextOnEachHop() {
        for (int i = 1; i <= 5; i++) {
            server.answers(
                    "/w" + i, wrapper("w" + i, "w" + (i + 1) + "?cb=[CACHEBUSTING]&t=[TRANSACTIONID]&ts=[TIMESTAMP]"));
        }
        server.answers("/w6", inline("a"));

        Resolution resolution =
                resolve(Ask.upstream(server.url("/w1?cb=[CACHEBUSTING]&t=[TRANSACTIONID]&ts=[TIMESTAMP]")));

        assertFilled(resolution, "a");
        assertThat(server.asked).hasSize(6);
        assertThat(server.asked).allSatisfy(a -> {
            assertThat(a.target()).contains("cb=01234567&t=" + Ask.CORRELATOR + "&ts=2026-01-17T08%3A15%3A07.127");
            assertThat(a.header("X-Correlation-Id")).isEqualTo(Ask.CORRELATOR);
            assertThat(a.header("X-Request-Id")).isEqualTo("r1");
            assertThat(a.header("X-Device-IP")).isEqualTo("198.51.100.7");
            assertThat(a.header("User-Agent")).isEqualTo("Millrace/test");
        });
    }

    @Test
    void sixthWrapperFailsWith302() {
        for (int i = 1; i <= 7; i++) {
            server.answers("/w" + i, wrapper("w" + i, "w" + (i + 1)));
        }

        Resolution resolution = resolve(Ask.upstream(server.url("/w1")));

        assertThat(resolution).isInstanceOf(Resolution.NoAd.class);
        assertThat(resolution.errorPings())
                .hasSize(6)
                .allSatisfy(p -> assertThat(p.url()).endsWith("?c=302"));
        assertThat(server.asked).hasSize(6);
    }

    @Test
    void noContentIsNoAd() {
        server.answers("/none", 204, Map.of(), new byte[0]);
        server.answers("/blank", " \n ");

        assertThat(resolve(Ask.upstream(server.url("/none")))).isInstanceOf(Resolution.NoAd.class);
        assertThat(resolve(Ask.upstream(server.url("/blank")))).isInstanceOf(Resolution.NoAd.class);
    }

    @Test
    void statusAndGarbageAreFailures() {
        server.answers("/500", 500, Map.of(), "x".getBytes(StandardCharsets.UTF_8));
        server.answers("/junk", "<html>");

        assertFailed(resolve(Ask.upstream(server.url("/500"))), UpstreamFailure.HttpStatus.class);
        assertFailed(resolve(Ask.upstream(server.url("/junk"))), UpstreamFailure.Malformed.class);
    }

    @Test
    void hungUpstreamTimesOutOnceAtTheLesserOfBothLimits() {
        server.hangs("/hang");
        AtomicInteger ends = new AtomicInteger();
        for (Ask ask : List.of(
                Ask.upstream(server.url("/hang")).within(Duration.ofMillis(150)),
                Ask.upstream(server.url("/hang")).timeout(Duration.ofMillis(150)))) {
            long begun = System.nanoTime();

            CompletableFuture<Resolution> future = upstreams.resolve(ask.call()).toCompletableFuture();
            var _ = future.whenComplete((r, e) -> ends.incrementAndGet());

            assertFailed(future.join(), UpstreamFailure.TimedOut.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun).toMillis()).isBetween(145L, 2000L);
        }
        await().during(Duration.ofMillis(100)).until(() -> ends.get() == 2);
    }

    @Test
    void oneDeadlineCoversAllHopsAndTellsTheWrapper() {
        server.answers("/w", wrapper("w", "drip"));
        server.drips("/drip");

        Resolution resolution = resolve(Ask.upstream(server.url("/w")).within(Duration.ofMillis(300)));

        assertFailed(resolution, UpstreamFailure.TimedOut.class);
        assertThat(resolution.errorPings()).containsExactly(new ErrorPing("https://err.example/w?c=301", 301));
    }

    @Test
    void wrapperIntoOurOwnNetworkIsRefused() throws IOException {
        try (Loopback secret = new Loopback()) {
            upstreams.close();
            upstreams = open(List.of(server.allowance()));
            secret.answers("/metadata", inline("secret"));
            server.answers("/w", wrapper("w", secret.url("/metadata")));
            server.redirects("/r", 302, secret.url("/metadata"));

            assertFailed(resolve(Ask.upstream(server.url("/w"))), UpstreamFailure.Refused.class);
            assertFailed(resolve(Ask.upstream(server.url("/r"))), UpstreamFailure.Refused.class);
            assertFailed(resolve(Ask.upstream("file:///etc/passwd")), UpstreamFailure.Refused.class);
            assertThat(secret.asked).isEmpty();
        }
    }

    @Test
    void slowNameServerDelaysOnlyItsOwnRequest() {
        server.answers("/v", inline("a"));
        List<CompletableFuture<Resolution>> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slow.add(upstreams
                    .resolve(Ask.upstream("http://slow" + i + ".example:" + server.port() + "/v")
                            .call())
                    .toCompletableFuture());
        }

        for (int i = 0; i < 20; i++) {
            assertFilled(resolve(Ask.upstream("http://fast.example:" + server.port() + "/v")), "a");
        }

        assertThat(slow).allSatisfy(s -> assertThat(s).isNotDone());
        nameServer.countDown();
        assertThat(slow).allSatisfy(s -> assertFilled(s.join(), "a"));
    }

    @Test
    void callerOnlyEnqueues() {
        server.answers("/v", inline("a"));
        List<String> threads = new CopyOnWriteArrayList<>();

        var future = upstreams
                .resolve(Ask.upstream("http://slow.example:" + server.port() + "/v")
                        .call())
                .whenComplete((r, e) -> threads.add(Thread.currentThread().getName()))
                .toCompletableFuture();
        assertThat(future).isNotDone();
        nameServer.countDown();
        assertFilled(future.join(), "a");

        await().untilAsserted(
                        () -> assertThat(threads).singleElement().asString().startsWith("upstream-"));
    }

    @Test
    void cookiesComeBackAndReturnToTheHostThatSetThem() {
        server.answers(
                "/w",
                200,
                Map.of("Set-Cookie", "seen=1"),
                wrapper("w", "http://other.example:" + server.port() + "/in").getBytes(StandardCharsets.UTF_8));
        server.answers("/in", 200, Map.of("Set-Cookie", "in=2"), inline("a").getBytes(StandardCharsets.UTF_8));

        Resolution first = resolve(Ask.upstream(server.url("/w")).cookies(Map.of("client", "9")));
        Resolution second = resolve(Ask.upstream(server.url("/w")).cookies(first.cookies()));

        String origin = "http://127.0.0.1:" + server.port();
        String other = "http://other.example:" + server.port();
        assertThat(first.cookies())
                .containsExactlyInAnyOrderEntriesOf(Map.of(origin + "/seen", "1", other + "/in", "2"));
        assertThat(server.asked.get(0).header("Cookie")).isEqualTo("client=9");
        assertThat(server.asked.get(1).header("Cookie")).isEmpty();
        assertThat(server.asked.get(2).header("Cookie")).isEqualTo("seen=1");
        assertThat(server.asked.get(3).header("Cookie")).isEqualTo("in=2");
        assertFilled(second, "a");
    }

    @Test
    void hostileHeaderValuesDoNotReachTheWire() {
        server.answers("/v", inline("a"));

        resolve(Ask.upstream(server.url("/v"))
                .device("1.2.3.4\r\nX-Evil: 1", "UA\r\nX-Evil: 1")
                .header("X-Key", "k"));

        assertThat(server.asked.getFirst().headers()).doesNotContainKeys("X-evil", "X-device-ip");
        assertThat(server.asked.getFirst().header("X-Key")).isEqualTo("k");
    }

    @Test
    void upstreamsSecretsDoNotReachAWrappedServer() {
        server.answers("/w", wrapper("w", "http://other.example:" + server.port() + "/in"));
        server.answers("/in", inline("a"));

        resolve(Ask.upstream(server.url("/w")).header("X-Key", "secret"));

        assertThat(server.asked.get(0).header("X-Key")).isEqualTo("secret");
        assertThat(server.asked.get(1).header("X-Key")).isEmpty();
    }

    @Test
    void cancellingEndsTheCall() {
        server.hangs("/hang");
        var future = upstreams.resolve(Ask.upstream(server.url("/hang")).call()).toCompletableFuture();
        await().until(() -> !server.asked.isEmpty());

        future.cancel(true);

        assertThat(upstreams.inFlight()).isZero();
    }

    @Test
    void closingCancelsWhatIsOpenAndWhatComesLater() {
        server.hangs("/hang");
        var open = upstreams.resolve(Ask.upstream(server.url("/hang")).call()).toCompletableFuture();

        upstreams.close();

        assertFailed(open.join(), UpstreamFailure.Cancelled.class);
        assertFailed(resolve(Ask.upstream(server.url("/hang"))), UpstreamFailure.Cancelled.class);
    }

    @Test
    void passedDeadlineIsATimeoutAtOnce() {
        assertFailed(
                resolve(Ask.upstream(server.url("/v")).within(Duration.ofMillis(-5))), UpstreamFailure.TimedOut.class);
    }

    @Test
    void settingsSayWhatIsWrong() {
        assertThatThrownBy(() -> new UpstreamSettings(
                        HttpSettings.defaults(), VastLimits.defaults(), VastAnswers.defaults(), "a\nb"))
                .hasMessageContaining("userAgent");
        VastLimits small = new VastLimits(new DocumentLimits(1024, 64, 64, 1024, 1), 1, 1, 1, 1024, true);
        assertThatThrownBy(() -> new UpstreamSettings(HttpSettings.defaults(), small, VastAnswers.defaults(), "a"))
                .hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> new DocumentLimits(10, 64, 64, 1024, 1)).hasMessageContaining("1024 to");
        assertThatThrownBy(() -> HttpSettings.defaults().allowing(List.of("not a host")))
                .hasMessageContaining("not a host");
        assertThat(UpstreamSettings.defaults().http().maxRedirects()).isEqualTo(5);
    }
}

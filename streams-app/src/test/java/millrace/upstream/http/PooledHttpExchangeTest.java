package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import millrace.upstream.Loopback;
import millrace.upstream.UpstreamFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PooledHttpExchangeTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private Loopback server;
    private PooledHttpExchange http;

    /** Host to address, and hosts whose name server hangs. */
    private final Map<String, InetAddress> names = new ConcurrentHashMap<>();

    private final CountDownLatch nameServer = new CountDownLatch(1);
    private final AtomicReference<String> lookupThread = new AtomicReference<>("");

    @BeforeEach
    void start() throws IOException {
        server = new Loopback();
        http = open(HttpSettings.defaults().allowing(List.of(server.allowance())));
    }

    @AfterEach
    void stop() {
        nameServer.countDown();
        http.close();
        server.close();
    }

    private PooledHttpExchange open(HttpSettings settings) {
        return new PooledHttpExchange(settings, this::lookup, InstantSource.system());
    }

    private List<InetAddress> lookup(String host) throws java.net.UnknownHostException {
        lookupThread.set(Thread.currentThread().getName());
        if (host.startsWith("slow")) {
            try {
                nameServer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        InetAddress address = names.get(host);
        if (address == null) {
            throw new java.net.UnknownHostException(host);
        }
        return List.of(address);
    }

    private static Url url(String text) {
        try {
            return Url.parse(text);
        } catch (Url.Refusal e) {
            throw new AssertionError(e);
        }
    }

    private static HttpCall get(String text, Duration timeout) {
        Url url = url(text);
        return HttpCall.get(url, HttpHeaders.none(), timeout, new CookieJar(Map.of(), url, InstantSource.system()));
    }

    private HttpOutcome ask(String text) {
        return http.exchange(get(text, Duration.ofSeconds(10))).join();
    }

    private HttpOutcome.Reply reply(String text) {
        HttpOutcome outcome = ask(text);
        assertThat(outcome).isInstanceOf(HttpOutcome.Reply.class);
        return (HttpOutcome.Reply) outcome;
    }

    private static <T extends UpstreamFailure> T failure(HttpOutcome outcome, Class<T> kind) {
        assertThat(outcome).isInstanceOf(HttpOutcome.Broken.class);
        assertThat(((HttpOutcome.Broken) outcome).failure()).isInstanceOf(kind);
        return kind.cast(((HttpOutcome.Broken) outcome).failure());
    }

    private static String text(HttpOutcome.Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void answerComesWithStatusHeadersAndBody() {
        server.answers("/x", 418, Map.of("X-Tea", "green"), "body".getBytes(StandardCharsets.UTF_8));

        HttpOutcome.Reply reply = reply(server.url("/x?q=1"));

        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.headers().get("x-tea")).contains("green");
        assertThat(text(reply)).isEqualTo("body");
        assertThat(reply.url()).hasToString(server.url("/x?q=1"));
        assertThat(server.asked.getFirst().target()).isEqualTo("/x?q=1");
    }

    @Test
    void nothingIsSentThatNobodyAskedFor() {
        server.answers("/x", "ok");

        reply(server.url("/x"));

        assertThat(server.asked.getFirst().headers().keySet())
                .containsExactlyInAnyOrder("Host", "Connection", "Accept-encoding", "User-agent");
    }

    @Test
    void postCarriesItsBody() {
        server.answers("/x", "ok");
        Url url = url(server.url("/x"));
        HttpCall.Body body = new HttpCall.Body("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "application/json");

        http.exchange(new HttpCall(
                        url,
                        HttpHeaders.builder().add("X-A", "1").build(),
                        HttpHeaders.none(),
                        Optional.of(body),
                        Duration.ofSeconds(5),
                        new CookieJar(Map.of(), url, InstantSource.system())))
                .join();

        assertThat(server.asked.getFirst().body()).isEqualTo("{\"a\":1}");
        assertThat(server.asked.getFirst().header("Content-Type")).startsWith("application/json");
        assertThat(server.asked.getFirst().header("X-A")).isEqualTo("1");
    }

    @Test
    void compressedBodyIsUnpacked() throws IOException {
        byte[] plain = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        server.answers("/z", 200, Map.of("Content-Encoding", "gzip"), gzip(plain));

        assertThat(reply(server.url("/z")).body()).isEqualTo(plain);
    }

    @Test
    void gzipBombIsNotUnpacked() throws IOException {
        byte[] bomb = gzip(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan(512 * 1024);
        server.answers("/bomb", 200, Map.of("Content-Encoding", "gzip"), bomb);

        assertThat(failure(ask(server.url("/bomb")), UpstreamFailure.Malformed.class)
                        .message())
                .contains("larger than 524288");
    }

    @Test
    void unknownOrBrokenEncodingIsMalformed() {
        server.answers("/br", 200, Map.of("Content-Encoding", "br"), new byte[] {1, 2});
        server.answers("/bad", 200, Map.of("Content-Encoding", "gzip"), new byte[] {1, 2, 3});

        failure(ask(server.url("/br")), UpstreamFailure.Malformed.class);
        failure(ask(server.url("/bad")), UpstreamFailure.Malformed.class);
    }

    @Test
    void bodyOverTheLimitIsCutOff() {
        server.answers("/announced", 200, Map.of(), new byte[600_000]);
        server.on("/streamed", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[8192];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        failure(ask(server.url("/announced")), UpstreamFailure.Malformed.class);
        failure(ask(server.url("/streamed")), UpstreamFailure.Malformed.class);
    }

    @Test
    void tooManyOrTooLongHeadersAreMalformed() {
        server.on("/many", exchange -> {
            for (int i = 0; i < 200; i++) {
                exchange.getResponseHeaders().add("X-" + i, "y");
            }
            exchange.sendResponseHeaders(200, -1);
        });
        server.answers("/long", 200, Map.of("X", "y".repeat(20_000)), new byte[0]);

        failure(ask(server.url("/many")), UpstreamFailure.Malformed.class);
        failure(ask(server.url("/long")), UpstreamFailure.Malformed.class);
    }

    @Test
    void hungAnswerTimesOutAtTheDeadlineExactlyOnce() {
        server.hangs("/hang");
        AtomicInteger ends = new AtomicInteger();
        long begun = System.nanoTime();

        CompletableFuture<HttpOutcome> future = http.exchange(get(server.url("/hang"), Duration.ofMillis(150)));
        var _ = future.whenComplete((o, e) -> ends.incrementAndGet());
        HttpOutcome outcome = future.join();

        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        failure(outcome, UpstreamFailure.TimedOut.class);
        assertThat(millis).isBetween(145L, 1500L);
        assertThat(ends).hasValue(1);
    }

    @Test
    void drippingBodyTimesOutAtTheDeadline() {
        server.drips("/drip");

        failure(http.exchange(get(server.url("/drip"), Duration.ofMillis(200))).join(), UpstreamFailure.TimedOut.class);
    }

    @Test
    void poolOfHungCallsIsFreedByTheirDeadlines() {
        // Given a pool of one connection, held by a call that hangs
        http.close();
        HttpSettings one = new HttpSettings(
                1,
                1,
                1,
                1,
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                100,
                List.of(server.allowance()),
                4096,
                100,
                8192,
                5);
        http = open(one);
        server.hangs("/hang");
        server.answers("/ok", "ok");

        // When others wait behind it, one past its own deadline
        var hung = http.exchange(get(server.url("/hang"), Duration.ofMillis(300)));
        var impatient = http.exchange(get(server.url("/ok"), Duration.ofMillis(50)));
        var patient = http.exchange(get(server.url("/ok"), Duration.ofSeconds(10)));

        // Then each ends in its own time
        failure(impatient.join(), UpstreamFailure.TimedOut.class);
        failure(hung.join(), UpstreamFailure.TimedOut.class);
        assertThat(patient.join()).isInstanceOf(HttpOutcome.Reply.class);
    }

    @Test
    void cancellingTheFutureClosesTheConnection() throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 1, LOOPBACK)) {
            http.close();
            http = open(HttpSettings.defaults().allowing(List.of("127.0.0.1")));
            for (int i = 0; i < 5; i++) {
                // Given a call that the server has begun to read
                var future = http.exchange(get("http://127.0.0.1:" + raw.getLocalPort() + "/", Duration.ofSeconds(2)));
                try (Socket socket = raw.accept()) {
                    socket.getInputStream().read();

                    // When it is cancelled
                    future.cancel(true);

                    // Then the connection ends, by a reset or in order
                    socket.setSoTimeout(20_000);
                    assertThat(endsWithin(socket)).isTrue();
                }
            }
        }
    }

    private static boolean endsWithin(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    @Test
    void redirectsAreFollowedAndReadAgainstWhereTheyCameFrom() {
        server.redirects("/a/one", 302, "two?x=1");
        server.redirects("/a/two", 307, server.url("/three"));
        server.answers("/three", "there");

        HttpOutcome.Reply reply = reply(server.url("/a/one"));

        assertThat(text(reply)).isEqualTo("there");
        assertThat(reply.url()).hasToString(server.url("/three"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void everyKindOfRedirectIsFollowed(int status) {
        server.redirects("/from", status, "/to");
        server.answers("/to", "there");

        assertThat(text(reply(server.url("/from")))).isEqualTo("there");
    }

    @Test
    void redirectLoopEndsAfterFive() {
        server.redirects("/loop", 302, "/loop");

        failure(ask(server.url("/loop")), UpstreamFailure.HttpStatus.class);
        assertThat(server.asked).hasSize(6);
    }

    @Test
    void redirectWithoutALocationIsAStatus() {
        server.answers("/nowhere", 302, Map.of(), new byte[0]);

        assertThat(failure(ask(server.url("/nowhere")), UpstreamFailure.HttpStatus.class)
                        .status())
                .isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:1/",
                "http://[::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://2130706433/",
                "http://user:pw@127.0.0.1/",
                "http://private.example/"
            })
    void redirectToAPlaceThatIsNotOpenIsRefused(String location) {
        names.put("private.example", InetAddress.ofLiteral("192.168.0.1"));
        server.redirects("/away", 302, location);

        failure(ask(server.url("/away")), UpstreamFailure.Refused.class);
    }

    @Test
    void nameThatLeadsIntoOurNetworkIsRefused() {
        names.put("rebind.example", InetAddress.ofLiteral("127.0.0.1"));

        failure(ask("http://rebind.example/"), UpstreamFailure.Refused.class);
    }

    @Test
    void nameThatIsReboundAfterTheCheckIsNotConnectedTo() {
        // Given a name server that tells a public address first and our own network afterwards
        server.answers("/secret", "secret");
        AtomicInteger lookups = new AtomicInteger();
        http.close();
        http = new PooledHttpExchange(
                HttpSettings.defaults().allowing(List.of("allowed.example")),
                host -> lookups.getAndIncrement() == 0
                        ? List.of(InetAddress.ofLiteral("192.0.2.1"))
                        : List.of(LOOPBACK),
                InstantSource.system());

        // When it is asked for
        HttpOutcome outcome = ask("http://rebind.example:" + server.port() + "/secret");

        // Then the one answer that was checked is the one that counts
        failure(outcome, UpstreamFailure.Refused.class);
        assertThat(lookups).hasValue(1);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void allowedPortOpensNoOtherPort() throws IOException {
        try (Loopback other = new Loopback()) {
            other.answers("/x", "secret");

            failure(ask(other.url("/x")), UpstreamFailure.Refused.class);
        }
    }

    @Test
    void clientsOwnResolverHandsOutOnlyWhatIsPermitted() throws Exception {
        names.put("in.example", LOOPBACK);
        Names known =
                new Names(this::lookup, Runnable::run, http.timer(), InstantSource.system(), HttpSettings.defaults());
        CheckedAddresses resolver = new CheckedAddresses(known, new DestinationGuard(List.of("127.0.0.1:99")));
        known.find("in.example").join();

        assertThat(resolver.resolve("in.example", 99)).hasSize(1);
        org.junit.jupiter.api.Assertions.assertThrows(
                java.net.UnknownHostException.class, () -> resolver.resolve("in.example", 98));
        org.junit.jupiter.api.Assertions.assertThrows(
                java.net.UnknownHostException.class, () -> resolver.resolve("in.example"));
        org.junit.jupiter.api.Assertions.assertThrows(
                java.net.UnknownHostException.class, () -> resolver.resolve("never.asked", 99));
        assertThat(resolver.resolveCanonicalHostname("in.example")).isEqualTo("in.example");
    }

    @Test
    void unknownHostAndClosedPortAreUnreachable() throws IOException {
        failure(ask("http://nowhere.example/"), UpstreamFailure.Unreachable.class);
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            closed = socket.getLocalPort();
        }
        http.close();
        http = open(HttpSettings.defaults().allowing(List.of("127.0.0.1")));
        failure(ask("http://127.0.0.1:" + closed + "/"), UpstreamFailure.Unreachable.class);
    }

    @Test
    void slowNameServerDelaysNobodyElse() {
        // Given hosts whose name server hangs, more of them than there are workers and reactors
        names.put("fast.example", LOOPBACK);
        server.answers("/x", "ok");
        List<CompletableFuture<HttpOutcome>> slow = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            slow.add(http.exchange(get("http://slow" + i + ".example/", Duration.ofSeconds(20))));
        }
        long enqueued = Duration.ofNanos(System.nanoTime() - begun).toMillis();

        // When others ask meanwhile
        for (int i = 0; i < 50; i++) {
            assertThat(text(reply("http://fast.example:" + server.port() + "/x")))
                    .isEqualTo("ok");
        }

        // Then they were served, and only the slow ones still wait
        assertThat(slow).allSatisfy(s -> assertThat(s).isNotDone());
        assertThat(enqueued).isLessThan(1000);
        assertThat(lookupThread.get()).startsWith("upstream-names-");
    }

    @Test
    void hungNameLookupTimesOutAtTheDeadline() {
        failure(
                http.exchange(get("http://slow.example/", Duration.ofMillis(100)))
                        .join(),
                UpstreamFailure.TimedOut.class);
    }

    @Test
    void cookiesReturnToTheHostThatSetThemAndToNoOther() throws IOException {
        try (Loopback other = new Loopback()) {
            http.close();
            http = open(HttpSettings.defaults().allowing(List.of("127.0.0.1")));
            server.answers("/set", 302, Map.of("Set-Cookie", "a=1", "Location", other.url("/over")), new byte[0]);
            other.answers("/over", 302, Map.of("Location", server.url("/back")), new byte[0]);
            server.answers("/back", "done");

            reply(server.url("/set"));

            assertThat(other.asked.getFirst().header("Cookie")).isEmpty();
            assertThat(server.asked.get(1).header("Cookie")).isEqualTo("a=1");
        }
    }

    @Test
    void upstreamsOwnHeadersDoNotFollowARedirectToOthers() throws IOException {
        try (Loopback other = new Loopback()) {
            http.close();
            http = open(HttpSettings.defaults().allowing(List.of("127.0.0.1")));
            server.redirects("/a", 302, "/b");
            server.redirects("/b", 302, other.url("/c"));
            other.answers("/c", "ok");
            Url url = url(server.url("/a"));

            http.exchange(new HttpCall(
                            url,
                            HttpHeaders.builder().add("X-All", "1").build(),
                            HttpHeaders.builder().add("X-Key", "secret").build(),
                            Optional.empty(),
                            Duration.ofSeconds(5),
                            new CookieJar(Map.of(), url, InstantSource.system())))
                    .join();

            assertThat(server.asked.get(1).header("X-Key")).isEqualTo("secret");
            assertThat(other.asked.getFirst().header("X-Key")).isEmpty();
            assertThat(other.asked.getFirst().header("X-All")).isEqualTo("1");
        }
    }

    @Test
    void cyrillicGoesOverTheWireAsUtf8() throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 1, LOOPBACK)) {
            http.close();
            http = open(HttpSettings.defaults().allowing(List.of("127.0.0.1")));
            Url url = url("http://127.0.0.1:" + raw.getLocalPort() + "/v").withQuery("q=кино");
            var future = http.exchange(HttpCall.get(
                    url,
                    HttpHeaders.none(),
                    Duration.ofSeconds(10),
                    new CookieJar(Map.of(), url, InstantSource.system())));
            try (Socket socket = raw.accept()) {
                byte[] head = socket.getInputStream().readNBytes("GET /v?q=".length() + 8);
                socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("GET /v?q=кино");
                assertThat(future.join()).isInstanceOf(HttpOutcome.Reply.class);
            }
        }
    }

    @Test
    void connectionThatTheServerClosedWhileIdleIsNotUsedAgain() throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 5, LOOPBACK)) {
            http.close();
            http = open(HttpSettings.defaults().allowing(List.of("127.0.0.1")));
            String url = "http://127.0.0.1:" + raw.getLocalPort() + "/";
            byte[] ok = "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 3; i++) {
                // When the server answers and then closes the kept connection
                var future = http.exchange(get(url, Duration.ofSeconds(10)));
                try (Socket socket = raw.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(ok);
                    assertThat(future.join()).isInstanceOf(HttpOutcome.Reply.class);
                }
                // Then, once the close has arrived, the next call makes a new one
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
        }
    }

    @Test
    void connectionsAreUsedAgain() {
        List<Integer> ports = new java.util.concurrent.CopyOnWriteArrayList<>();
        server.on("/port", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.sendResponseHeaders(204, -1);
        });

        for (int i = 0; i < 40; i++) {
            reply(server.url("/port"));
        }

        assertThat(ports.stream().distinct().count()).isLessThan(10);
    }

    @Test
    void closedExchangeCancelsAtOnce() {
        http.close();

        failure(ask(server.url("/x")), UpstreamFailure.Cancelled.class);
    }
}

package millrace.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import millrace.catalog.Auth;
import millrace.catalog.UpstreamConfig;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Credentials go to those they are for, and nowhere else. */
@Timeout(30)
class AuthorizationTest {
    private static final String PASSWORD = "pa55-w0rd-of-basic";
    private static final String SECRET = "cl1ent-s3cret";
    private static final String TOKEN = "t0ken-that-was-given";
    private static final String HEADER = "k3y-in-a-header";

    private Loopback server;
    private Loopback other;
    private Upstreams upstreams;

    @BeforeEach
    void start() throws IOException {
        server = new Loopback();
        other = new Loopback();
        upstreams = Upstreams.start(
                new UpstreamSettings(
                        HttpSettings.defaults().allowing(List.of("127.0.0.1")),
                        VastLimits.defaults(),
                        VastAnswers.defaults(),
                        "Millrace/test"),
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        upstreams.close();
        server.close();
        other.close();
    }

    @Test
    void userAndPasswordGoWithEveryCallToTheUpstreamAndToNobodyElse() throws Exception {
        other.answers("/inner", "<VAST version=\"4.0\"/>");
        server.answers("/tag", wrapper(other.url("/inner")));

        ask(new Auth.Basic("we", PASSWORD));

        assertThat(server.asked.getFirst().header("Authorization")).isEqualTo("Basic d2U6cGE1NS13MHJkLW9mLWJhc2lj");
        assertThat(other.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.header("Authorization")).isEmpty());
    }

    @Test
    void tokenIsFetchedOnceForAllCallsThatNeedIt() throws Exception {
        tokens(3600);
        server.answers("/tag", "<VAST version=\"4.0\"/>");
        List<CompletionStage<Resolution>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(upstreams.resolve(call(client())));
        }
        for (CompletionStage<Resolution> answer : answers) {
            assertThat(await(answer)).isInstanceOf(Resolution.NoAd.class);
        }

        assertThat(other.asked).singleElement().satisfies(asked -> {
            assertThat(asked.body()).isEqualTo("grant_type=client_credentials&scope=ads+read");
            assertThat(asked.header("Authorization")).startsWith("Basic ");
        });
        assertThat(server.asked)
                .hasSize(20)
                .allSatisfy(asked -> assertThat(asked.header("Authorization")).isEqualTo("Bearer " + TOKEN + "1"));
    }

    @Test
    void tokenThatIsNotTakenIsNotSentAgain() throws Exception {
        tokens(3600);
        server.on("/tag", exchange -> {
            boolean isOld =
                    exchange.getRequestHeaders().getFirst("Authorization").endsWith("1");
            exchange.sendResponseHeaders(isOld ? 401 : 204, -1);
        });

        assertThat(ask(client())).isInstanceOf(Resolution.Failed.class);
        ask(client());

        assertThat(server.asked)
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("Bearer " + TOKEN + "1", "Bearer " + TOKEN + "2");
    }

    @Test
    void callsFailWithTheReasonWhenThereIsNoToken() throws Exception {
        other.answers(
                "/token", 403, Map.of(), "{\"error\": \"bad secret cl1ent-s3cret\"}".getBytes(StandardCharsets.UTF_8));

        Resolution resolution = ask(client());

        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        failed -> assertThat(failed.failure().message())
                                .isEqualTo("upstream up: the token endpoint answered with status 403"));
        assertThat(server.asked).isEmpty();
    }

    @Test
    void waitingForATokenEndsWithTheTimeOfTheCall() throws Exception {
        other.hangs("/token");

        assertThat(ask(client(), Duration.ofMillis(100)))
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        failed -> assertThat(failed.failure().message()).contains("no token came in time"));
    }

    @Test
    void noCredentialIsInAnyLogAtDebug() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("millrace");
        Level before = ours.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.DEBUG);
        try {
            tokens(3600);
            server.answers("/tag", "<VAST version=\"4.0\"/>");
            List<Object> printed = new ArrayList<>();
            for (Auth auth : List.of(client(), new Auth.Basic("we", PASSWORD))) {
                UpstreamCall call = call(auth);
                printed.add(call.upstream());
                printed.add(call.upstream().auth());
                printed.add(await(upstreams.resolve(call)));
            }
            LoggerFactory.getLogger("millrace.test").debug("the run is over");

            assertThat(log.list).extracting(ILoggingEvent::getMessage).contains("the run is over");
            Stream<String> logged =
                    log.list.stream().map(event -> event.getFormattedMessage() + event.getKeyValuePairs());
            assertThat(Stream.concat(logged, printed.stream().map(String::valueOf)))
                    .allSatisfy(text -> assertThat(text).doesNotContain(PASSWORD, SECRET, TOKEN, HEADER, "Basic d2U6"));
        } finally {
            ours.setLevel(before);
            root.detachAppender(log);
        }
    }

    private void tokens(int seconds) {
        AtomicInteger given = new AtomicInteger();
        other.on("/token", exchange -> {
            byte[] body = ("{\"access_token\": \"" + TOKEN + given.incrementAndGet()
                            + "\", \"token_type\": \"Bearer\", \"expires_in\": " + seconds + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    private Auth client() {
        return new Auth.OAuth2(other.url("/token"), "we", SECRET, Optional.of("ads read"));
    }

    private static String wrapper(String tag) {
        return "<VAST version=\"4.0\"><Ad id=\"w\"><Wrapper><VASTAdTagURI><![CDATA[" + tag
                + "]]></VASTAdTagURI></Wrapper></Ad></VAST>";
    }

    private Resolution ask(Auth auth) throws Exception {
        return await(upstreams.resolve(call(auth)));
    }

    private Resolution ask(Auth auth, Duration within) throws Exception {
        return await(upstreams.resolve(call(auth).by(call(auth).upstream(), within)));
    }

    private static Resolution await(CompletionStage<Resolution> answer)
            throws InterruptedException, java.util.concurrent.ExecutionException, TimeoutException {
        return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private UpstreamCall call(Auth auth) {
        UpstreamCall plain = Ask.upstream(server.url("/tag"))
                .header("X-Key", HEADER)
                .timeout(Duration.ofSeconds(10))
                .within(Duration.ofSeconds(10))
                .call();
        UpstreamConfig upstream = plain.upstream();
        return plain.by(
                new UpstreamConfig(
                        upstream.id(),
                        upstream.url(),
                        upstream.timeout(),
                        upstream.weight(),
                        upstream.headers(),
                        upstream.params(),
                        upstream.rawParams(),
                        upstream.userIdParam(),
                        upstream.deviceIdParam(),
                        upstream.bidder(),
                        upstream.rotation(),
                        auth),
                plain.remaining());
    }
}

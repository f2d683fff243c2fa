package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import millrace.upstream.UpstreamFailure;
import org.junit.jupiter.api.Test;

/** Answers that are given again, and all that are not. */
class KeptAnswersTest {
    private static final String TAG = "https://t.example/v?zone=1";
    private static final Instant NOW = Instant.parse("2026-01-17T08:15:07Z");

    private final List<CompletableFuture<HttpOutcome>> asked = new ArrayList<>();
    private String headers = "Cache-Control: max-age=60";
    private Optional<String> answeredBy = Optional.empty();
    private Duration maxAge = Duration.ofHours(1);
    private boolean isForOthers = true;
    private long nanos;
    private KeptAnswers kept = keeping(new KeptAnswers.Limits(1 << 20, 100));

    private KeptAnswers keeping(KeptAnswers.Limits limits) {
        return new KeptAnswers(
                call -> {
                    CompletableFuture<HttpOutcome> answer = CompletableFuture.completedFuture(
                            reply(200, headers, answeredBy.orElse(call.url().toString())));
                    asked.add(answer);
                    return answer;
                },
                limits,
                () -> NOW,
                () -> nanos);
    }

    @Test
    void answerIsGivenAgainWhileItIsFresh() {
        ask(call(TAG));
        nanos += Duration.ofSeconds(59).toNanos();
        HttpOutcome again = ask(call(TAG));
        assertThat(asked).hasSize(1);
        assertThat(again).isSameAs(asked.getFirst().join());
        assertThat(kept.hits()).isEqualTo(1);
        assertThat(kept.misses()).isEqualTo(1);

        nanos += Duration.ofSeconds(1).toNanos();
        ask(call(TAG));
        assertThat(asked).hasSize(2);
    }

    @Test
    void operatorsLimitEndsItSooner() {
        maxAge = Duration.ofSeconds(5);
        ask(call(TAG));
        nanos += Duration.ofSeconds(5).toNanos();
        ask(call(TAG));
        assertThat(asked).hasSize(2);
    }

    @Test
    void otherUrlsUpstreamsAndCredentialsHaveTheirOwn() {
        ask(call(TAG));
        ask(call(TAG + "&cb=1"));
        ask(call("u2", TAG, HttpHeaders.none(), HttpHeaders.none(), Map.of()));
        ask(call("up", TAG, HttpHeaders.none(), header("X-Key", "one"), Map.of()));
        ask(call("up", TAG, HttpHeaders.none(), header("X-Key", "two"), Map.of()));
        assertThat(asked).hasSize(5);

        ask(call("up", TAG, HttpHeaders.none(), header("X-Key", "two"), Map.of()));
        assertThat(asked).hasSize(5);
    }

    @Test
    void answerIsForThoseWhoSendTheSameOfWhatItVariesBy() {
        headers = "Cache-Control: max-age=60; Vary: accept-language; Vary: X-Device-IP , Accept-Language";
        ask(call("de", "198.51.100.7"));
        ask(call("fr", "198.51.100.7"));
        ask(call("de", "198.51.100.8"));
        assertThat(asked).hasSize(3);

        ask(call("de", "198.51.100.7"));
        ask(call("fr", "198.51.100.7"));
        ask(call("de", "198.51.100.8"));
        assertThat(asked).hasSize(3);
        ask(call(TAG));
        assertThat(asked).as("one without any of them").hasSize(4);
    }

    @Test
    void whatMayNotBeKeptIsAskedEachTime() {
        headers = "Cache-Control: max-age=60, no-store";
        twice(call(TAG));
        headers = "Cache-Control: max-age=60";
        isForOthers = false;
        twice(call(TAG));
        isForOthers = true;
        answeredBy = Optional.of("https://elsewhere.example/v");
        twice(call(TAG));
        answeredBy = Optional.empty();
        twice(call("up", TAG, HttpHeaders.none(), header("Authorization", "Bearer t"), Map.of()));
        twice(call("up", TAG, HttpHeaders.none(), HttpHeaders.none(), Map.of("uid", "1")));
        HttpCall own = call(TAG);
        twice(new HttpCall(own.url(), own.headers(), own.originHeaders(), own.body(), own.timeout(), own.cookies()));
        twice(new HttpCall(
                own.url(),
                own.headers(),
                own.originHeaders(),
                Optional.of(new HttpCall.Body(new byte[1], "text/plain")),
                own.timeout(),
                own.cookies(),
                own.keeping()));
        assertThat(kept.hits()).isZero();
    }

    @Test
    void brokenCallIsNotKeptAndIsTheCallersToEnd() {
        CompletableFuture<HttpOutcome> open = new CompletableFuture<>();
        KeptAnswers answers = new KeptAnswers(call -> open, KeptAnswers.Limits.USUAL, () -> NOW, () -> nanos);

        CompletableFuture<HttpOutcome> given = answers.exchange(call(TAG));
        given.cancel(true);
        assertThat(open).isCancelled();

        KeptAnswers failing = new KeptAnswers(
                call -> {
                    asked.add(open);
                    return CompletableFuture.completedFuture(
                            new HttpOutcome.Broken(new UpstreamFailure.Unreachable("no connection")));
                },
                KeptAnswers.Limits.USUAL,
                () -> NOW,
                () -> nanos);
        failing.exchange(call(TAG)).join();
        failing.exchange(call(TAG)).join();
        assertThat(asked).hasSize(2);
    }

    @Test
    void memoryAndNumberAreBounded() {
        kept = keeping(new KeptAnswers.Limits(100_000, 1_000_000));
        for (int i = 0; i < 1_000; i++) {
            ask(call(TAG + "&cb=" + i));
        }
        assertThat(kept.bytes()).isBetween(1L, 100_000L);

        kept = keeping(new KeptAnswers.Limits(1 << 30, 10));
        for (int i = 0; i < 1_000; i++) {
            ask(call(TAG + "&cb=" + i));
        }
        long before = kept.hits();
        for (int i = 0; i < 1_000; i++) {
            ask(call(TAG + "&cb=" + i));
        }
        assertThat(kept.hits() - before).isLessThanOrEqualTo(20);
        assertThat(kept.bytes()).isLessThanOrEqualTo(1 << 30);
    }

    private void twice(HttpCall call) {
        int before = asked.size();
        ask(call);
        ask(call);
        assertThat(asked).hasSize(before + 2);
    }

    private HttpOutcome ask(HttpCall call) {
        return kept.exchange(call).join();
    }

    private HttpCall call(String url) {
        return call("up", url, HttpHeaders.none(), HttpHeaders.none(), Map.of());
    }

    private HttpCall call(String language, String address) {
        return call(
                "up",
                TAG,
                HttpHeaders.builder()
                        .add("Accept-Language", language)
                        .add("X-Device-IP", address)
                        .build(),
                HttpHeaders.none(),
                Map.of());
    }

    private HttpCall call(String whose, String url, HttpHeaders all, HttpHeaders own, Map<String, String> cookies) {
        Url parsed = url(url);
        return new HttpCall(
                parsed,
                all,
                own,
                Optional.empty(),
                Duration.ofSeconds(1),
                new CookieJar(cookies, parsed, () -> NOW),
                Optional.of(new HttpCall.Keeping(whose, maxAge, body -> isForOthers)));
    }

    private static HttpHeaders header(String name, String value) {
        return HttpHeaders.builder().add(name, value).build();
    }

    /** @param headers separated by semicolons */
    static HttpOutcome.Reply reply(int status, String headers, String url) {
        HttpHeaders.Builder received = HttpHeaders.builder();
        for (String header : headers.split(";")) {
            int colon = header.indexOf(':');
            received.received(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return new HttpOutcome.Reply(status, received.build(), "<VAST/>".getBytes(StandardCharsets.US_ASCII), url(url));
    }

    private static Url url(String text) {
        try {
            return Url.parse(text);
        } catch (Url.Refusal e) {
            throw new AssertionError(text, e);
        }
    }
}

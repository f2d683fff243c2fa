package millrace.upstream.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import millrace.catalog.Auth;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final Auth.OAuth2 CLIENT =
            new Auth.OAuth2("https://id.example/token", "we", "secret", Optional.empty());

    private final Deque<CompletableFuture<HttpOutcome>> asked = new ArrayDeque<>();
    private long nanos = 5;
    private final AccessTokens tokens = new AccessTokens(
            call -> {
                CompletableFuture<HttpOutcome> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            },
            InstantSource.system(),
            () -> nanos,
            "Millrace/test");

    @Test
    void tokenIsRenewedBeforeItEndsAndCallsGoOutWithTheOldOneMeanwhile() throws Url.Refusal {
        CompletableFuture<TokenReply> first = tokens.token(CLIENT);
        give("{\"access_token\": \"one\", \"expires_in\": 100}");
        assertThat(tokenOf(first)).isEqualTo("one");

        pass(Duration.ofSeconds(79));
        assertThat(tokenOf(tokens.token(CLIENT))).isEqualTo("one");
        assertThat(asked).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(tokenOf(tokens.token(CLIENT))).isEqualTo("one");
        assertThat(tokenOf(tokens.token(CLIENT))).isEqualTo("one");
        assertThat(asked).as("one fetches").hasSize(1);
        give("{\"access_token\": \"two\", \"expires_in\": 100}");

        assertThat(tokenOf(tokens.token(CLIENT))).isEqualTo("two");
    }

    @Test
    void tokenThatHasEndedIsWaitedForAnew() throws Url.Refusal {
        var _ = tokens.token(CLIENT);
        give("{\"access_token\": \"one\", \"expires_in\": 100}");
        pass(Duration.ofSeconds(100));

        CompletableFuture<TokenReply> second = tokens.token(CLIENT);

        assertThat(second).isNotDone();
        give("{\"access_token\": \"two\"}");
        assertThat(tokenOf(second)).isEqualTo("two");
    }

    @Test
    void endpointThatGivesNoneIsLeftAloneForAMomentAndTheOldTokenServes() throws Url.Refusal {
        var _ = tokens.token(CLIENT);
        give("{\"access_token\": \"one\", \"expires_in\": 100}");
        pass(Duration.ofSeconds(90));
        var _ = tokens.token(CLIENT);
        asked.remove().complete(new HttpOutcome.Broken(new UpstreamFailure.Unreachable("no connection")));

        assertThat(tokenOf(tokens.token(CLIENT))).isEqualTo("one");
        assertThat(asked).isEmpty();
        pass(Duration.ofMillis(500));
        var _ = tokens.token(CLIENT);

        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"access_token\": \"\"}",
                "{\"access_token\": \"a\\r\\nb\"}",
                "{\"access_token\": 5, \"x\": \"é"
            })
    void answersThatHoldNoTokenAreRefusedWithoutBeingRepeated(String body) throws Url.Refusal {
        CompletableFuture<TokenReply> reply = tokens.token(CLIENT);

        give(body);

        assertThat(reply.join()).isInstanceOf(TokenReply.Refused.class);
        assertThat(reply.join().toString()).doesNotContain("a\r\nb");
    }

    @Test
    void nothingSecretIsPrinted() throws Url.Refusal {
        CompletableFuture<TokenReply> reply = tokens.token(CLIENT);
        give("{\"access_token\": \"hidden\"}");

        assertThat(reply.join().toString()).doesNotContain("hidden");
        assertThat(new AccessToken("hidden", 1, 2).toString()).doesNotContain("hidden");
        assertThat(CLIENT.toString()).doesNotContain("secret");
    }

    private void give(String body) throws Url.Refusal {
        asked.remove()
                .complete(new HttpOutcome.Reply(
                        200,
                        HttpHeaders.none(),
                        body.getBytes(StandardCharsets.UTF_8),
                        Url.parse("https://id.example/token")));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static String tokenOf(CompletableFuture<TokenReply> reply) {
        return reply.join() instanceof TokenReply.Given(String token, Duration life) ? token : "none: " + reply.join();
    }
}

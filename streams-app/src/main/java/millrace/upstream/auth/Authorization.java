package millrace.upstream.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import millrace.catalog.Auth;
import millrace.catalog.UpstreamConfig;
import millrace.upstream.http.HttpExchange;

/**
 * Puts into a call what says who we are. A call that must wait for a token waits on no thread, and no longer than it has. The header goes where the
 * upstream's own headers go: to its origin only.
 */
public final class Authorization {
    private static final String HEADER = "Authorization";

    private final AccessTokens tokens;
    private final LongSupplier nanoTime;

    public Authorization(HttpExchange http, InstantSource clock, LongSupplier nanoTime, String userAgent) {
        this.tokens = new AccessTokens(http, clock, nanoTime, userAgent);
        this.nanoTime = nanoTime;
    }

    /**
     * Makes a call as somebody whom the upstream knows.
     *
     * @param remaining how long all of it may take
     * @param call makes it with the configuration given, in the time given
     * @param isRefused whether an answer says that it does not know us
     * @param failed what the answer is when we have no token, and why
     */
    public <T> CompletableFuture<T> authorized(
            UpstreamConfig upstream,
            Duration remaining,
            BiFunction<UpstreamConfig, Duration, CompletableFuture<T>> call,
            Predicate<T> isRefused,
            Function<String, T> failed) {
        return switch (upstream.auth()) {
            case Auth.None none -> call.apply(upstream, remaining);
            case Auth.Basic(String user, String password) ->
                call.apply(upstream.withHeader(HEADER, AccessTokens.basic(user + ":" + password)), remaining);
            case Auth.OAuth2 client -> {
                long begun = nanoTime.getAsLong();
                CompletableFuture<T> result = new CompletableFuture<>();
                var waiting = tokens.token(client)
                        .copy()
                        .completeOnTimeout(
                                new TokenReply.Refused("no token came in time"),
                                remaining.toNanos(),
                                TimeUnit.NANOSECONDS);
                var _ = waiting.thenAccept(reply -> {
                    switch (reply) {
                        case TokenReply.Refused(String why) -> result.complete(failed.apply(why));
                        case TokenReply.Given(String token, Duration life) -> {
                            Duration left = remaining.minusNanos(nanoTime.getAsLong() - begun);
                            begin(upstream, client, token, left, call, isRefused, failed, result);
                        }
                    }
                });
                yield result;
            }
        };
    }

    private <T> void begin(
            UpstreamConfig upstream,
            Auth.OAuth2 client,
            String token,
            Duration left,
            BiFunction<UpstreamConfig, Duration, CompletableFuture<T>> call,
            Predicate<T> isRefused,
            Function<String, T> failed,
            CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        if (!left.isPositive()) {
            result.complete(failed.apply("no token came in time"));
            return;
        }
        CompletableFuture<T> answer = call.apply(upstream.withHeader(HEADER, "Bearer " + token), left);
        var _ = answer.whenComplete((came, problem) -> {
            if (problem != null) {
                result.completeExceptionally(problem);
                return;
            }
            if (isRefused.test(came)) {
                tokens.refused(client, token);
            }
            result.complete(came);
        });
        var _ = result.whenComplete((_, _) -> answer.cancel(false));
    }
}

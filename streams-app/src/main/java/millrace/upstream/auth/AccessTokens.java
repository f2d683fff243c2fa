package millrace.upstream.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import millrace.catalog.Auth;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of OAuth 2.0 client credentials, one for each client and endpoint. Safe for any thread; no thread waits.
 *
 * <p>Remembered, in memory: each token until it ends. One is fetched with the first call that needs it, and renewed by a call that comes in the last fifth of its
 * life, which goes out with the old one. Of many calls that need one, one fetches. Goes wrong: an endpoint that gives none is left alone for {@value #PAUSE_MILLIS} ms, in which calls
 * fail at once.
 */
final class AccessTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAUSE_MILLIS = 500;

    private final HttpExchange http;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final String userAgent;
    private final ConcurrentMap<Auth.OAuth2, Held> held = new ConcurrentHashMap<>();

    AccessTokens(HttpExchange http, InstantSource clock, LongSupplier nanoTime, String userAgent) {
        this.http = http;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.userAgent = userAgent;
    }

    /** Never cancelled by who waits for it: others do too. Completes normally. */
    CompletableFuture<TokenReply> token(Auth.OAuth2 client) {
        return held.computeIfAbsent(client, _ -> new Held(client)).token();
    }

    /** An upstream did not take this token; the next call fetches another. */
    void refused(Auth.OAuth2 client, String token) {
        Optional.ofNullable(held.get(client)).ifPresent(known -> known.forget(token));
    }

    private final class Held {
        private final Auth.OAuth2 client;
        private @Nullable AccessToken token;
        private @Nullable CompletableFuture<TokenReply> fetching;
        private long pausedUntil;
        private String problem = "";

        Held(Auth.OAuth2 client) {
            this.client = client;
        }

        synchronized CompletableFuture<TokenReply> token() {
            long now = nanoTime.getAsLong();
            AccessToken known = token;
            if (known != null && known.isUsable(now)) {
                if (known.isDue(now) && !isPaused(now)) {
                    var _ = fetched();
                }
                return CompletableFuture.completedFuture(
                        new TokenReply.Given(known.value(), Duration.ofNanos(known.endsAt() - now)));
            }
            return isPaused(now) ? CompletableFuture.completedFuture(new TokenReply.Refused(problem)) : fetched();
        }

        private boolean isPaused(long now) {
            return !problem.isEmpty() && now - pausedUntil < 0;
        }

        private CompletableFuture<TokenReply> fetched() {
            CompletableFuture<TokenReply> running = fetching;
            if (running == null) {
                running = fetch(client).thenApply(this::came);
                fetching = running.isDone() ? null : running;
            }
            return running;
        }

        private synchronized TokenReply came(TokenReply reply) {
            long now = nanoTime.getAsLong();
            fetching = null;
            switch (reply) {
                case TokenReply.Given(String value, Duration life) -> {
                    token = new AccessToken(value, now + life.toNanos() / 5 * 4, now + life.toNanos());
                    problem = "";
                }
                case TokenReply.Refused(String why) -> {
                    pausedUntil = now + Duration.ofMillis(PAUSE_MILLIS).toNanos();
                    problem = why;
                }
            }
            return reply;
        }

        synchronized void forget(String value) {
            AccessToken known = token;
            if (known != null && known.value().equals(value)) {
                token = null;
            }
        }
    }

    private CompletableFuture<TokenReply> fetch(Auth.OAuth2 client) {
        try {
            return http.exchange(call(client)).thenApply(TokenReply::of);
        } catch (Url.Refusal e) {
            return CompletableFuture.completedFuture(new TokenReply.Refused("the token endpoint: " + e.getMessage()));
        }
    }

    private HttpCall call(Auth.OAuth2 client) throws Url.Refusal {
        Url url = Url.parse(client.tokenUrl());
        String form = "grant_type=client_credentials"
                + client.scope().map(scope -> "&scope=" + encoded(scope)).orElse("");
        String credentials = encoded(client.clientId()) + ":" + encoded(client.clientSecret());
        HttpHeaders own =
                HttpHeaders.builder().add("Authorization", basic(credentials)).build();
        HttpHeaders headers = HttpHeaders.builder()
                .add("User-Agent", userAgent)
                .add("Accept", "application/json")
                .build();
        return new HttpCall(
                url,
                headers,
                own,
                Optional.of(
                        new HttpCall.Body(form.getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded")),
                PATIENCE,
                new CookieJar(Map.of(), url, clock));
    }

    static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 6749, appendix B. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package millrace.upstream.bidding;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamCall;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;

/** Markup that is shown as it is, and that only the call of a win notice returns (OpenRTB 2.6, 4.3.1). */
public final class NoticedMarkup {
    private final HttpExchange http;
    private final InstantSource clock;
    private final String userAgent;

    public NoticedMarkup(HttpExchange http, InstantSource clock, String userAgent) {
        this.http = http;
        this.clock = clock;
        this.userAgent = userAgent;
    }

    public CompletionStage<Resolution> fetch(UpstreamCall call, String notice) {
        try {
            Url url = Url.parse(notice);
            HttpHeaders headers =
                    HttpHeaders.builder().add("User-Agent", userAgent).build();
            return http.exchange(HttpCall.get(url, headers, call.remaining(), new CookieJar(Map.of(), url, clock)))
                    .thenApply(NoticedMarkup::read);
        } catch (Url.Refusal e) {
            return CompletableFuture.completedFuture(
                    new Resolution.Failed(new UpstreamFailure.Refused("nurl: " + e.getMessage())));
        }
    }

    private static Resolution read(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Broken(UpstreamFailure failure) -> new Resolution.Failed(failure);
            case HttpOutcome.Reply reply
            when reply.status() < 200 || reply.status() > 299 ->
                new Resolution.Failed(new UpstreamFailure.HttpStatus(reply.status(), "nurl: status " + reply.status()));
            case HttpOutcome.Reply reply
            when reply.body().length == 0 ->
                new Resolution.NoAd("the win notice returned no markup", Map.of(), List.of());
            case HttpOutcome.Reply reply -> new Resolution.Filled(List.of(shown(reply)), Map.of(), List.of());
        };
    }

    private static ResolvedAd shown(HttpOutcome.Reply reply) {
        return new ResolvedAd(
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new String(reply.body(), StandardCharsets.UTF_8)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                ResolvedAd.Unserved.NOBODY);
    }
}

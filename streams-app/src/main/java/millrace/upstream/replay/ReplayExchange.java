package millrace.upstream.replay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;

/** Plays a world back, at once and without a network; redirects are followed as over the wire. */
public final class ReplayExchange implements HttpExchange {
    private final Map<String, Page> pages;
    private final int maxRedirects;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public ReplayExchange(World world, int maxRedirects) {
        this.pages = world.pages();
        this.maxRedirects = maxRedirects;
    }

    /** URLs asked for so far, redirects included, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public CompletableFuture<HttpOutcome> exchange(HttpCall call) {
        return CompletableFuture.completedFuture(answer(call.url(), 0));
    }

    private HttpOutcome answer(Url url, int redirects) {
        asked.add(url.toString());
        return switch (pages.getOrDefault(url.toString(), new Page.Broken("not in this world"))) {
            // One page's time, not the whole resolution's: others may still answer.
            case Page.Timeout() -> broken(new UpstreamFailure.Unreachable(url.host() + ": no answer in time"));
            case Page.Broken(String message) -> broken(new UpstreamFailure.Unreachable(url.host() + ": " + message));
            case Page.Answer answer when answer.isRedirect() -> redirected(url, answer, redirects);
            case Page.Answer answer -> reply(url, answer);
        };
    }

    private HttpOutcome redirected(Url url, Page.Answer answer, int redirects) {
        if (redirects == maxRedirects) {
            return broken(new UpstreamFailure.HttpStatus(answer.status(), url.host() + ": too many redirects"));
        }
        try {
            return answer(url.resolve(answer.headers().getOrDefault("Location", "")), redirects + 1);
        } catch (Url.Refusal e) {
            return broken(new UpstreamFailure.Refused(url.host() + ": " + e.getMessage()));
        }
    }

    private static HttpOutcome reply(Url url, Page.Answer answer) {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        answer.headers().forEach(headers::add);
        return new HttpOutcome.Reply(answer.status(), headers.build(), answer.body(), url);
    }

    private static HttpOutcome broken(UpstreamFailure failure) {
        return new HttpOutcome.Broken(failure);
    }
}

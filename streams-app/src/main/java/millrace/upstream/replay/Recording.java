package millrace.upstream.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.HttpWitness;
import millrace.upstream.http.Url;

/** Keeps what an exchange asked and got, page by page, so that it can be played back. Any thread may report. */
public final class Recording implements HttpWitness {
    private final Map<String, Page> pages = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public void saw(Url url, int status, HttpHeaders headers, byte[] body) {
        asked.add(url.toString());
        Map<String, String> kept = new LinkedHashMap<>();
        // What a replay reads; cookies and the like are nobody's business.
        for (String name : List.of("Content-Type", "Location")) {
            headers.get(name).ifPresent(value -> kept.put(name, value));
        }
        pages.putIfAbsent(url.toString(), new Page.Answer(status, kept, body));
    }

    /** The exchange, with what breaks kept too. */
    public HttpExchange over(HttpExchange exchange) {
        return call -> {
            CompletableFuture<HttpOutcome> answer = exchange.exchange(call);
            var _ = answer.thenAccept(outcome -> brokenOff(call, outcome));
            return answer;
        };
    }

    private void brokenOff(HttpCall call, HttpOutcome outcome) {
        if (outcome instanceof HttpOutcome.Broken(var failure)
                && pages.putIfAbsent(call.url().toString(), page(failure)) == null) {
            asked.add(call.url().toString());
        }
    }

    private static Page page(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.TimedOut ? new Page.Timeout() : new Page.Broken(failure.message());
    }

    /** URLs asked for so far, redirects included, in the order of their answers. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public Map<String, Page> pages() {
        synchronized (pages) {
            return new LinkedHashMap<>(pages);
        }
    }
}

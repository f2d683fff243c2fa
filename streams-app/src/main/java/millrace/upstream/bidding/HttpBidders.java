package millrace.upstream.bidding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import millrace.catalog.BidderTerms;
import millrace.upstream.BidAnswer;
import millrace.upstream.BidAnswer.Kind;
import millrace.upstream.BidCall;
import millrace.upstream.Bidders;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.request.Asked;
import millrace.upstream.openrtb.request.BidRequests;
import org.jspecify.annotations.Nullable;

/**
 * Asks bidders over HTTP: POST, JSON, {@code x-openrtb-version}, compressed where a bidder agreed to it.
 *
 * <p>The caller's thread looks at the bidder's limits and enqueues; writing and reading messages is the workers'. The exchange ends every call at its
 * deadline, and then stops reading. Remembered: how many calls each bidder has open, when the next is due, and the question that was written last. Safe to repeat as far as a bid request is.
 */
public final class HttpBidders implements Bidders {
    private static final String VERSION = "2.6";
    private static final String JSON = "application/json";

    private final HttpExchange http;
    private final Executor workers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final String userAgent;
    private final OpenRtb messages = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);
    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();
    /** The bidders of a request are asked one after the other, mostly the same with the same time: it is written once. */
    private volatile @Nullable Message last;

    /** A question as it goes out. Nobody compares two of these, and nobody changes the bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Message(Asked asked, long millis, byte[] bytes) {}

    public HttpBidders(
            HttpExchange http, Executor workers, InstantSource clock, LongSupplier nanoTime, String userAgent) {
        this.http = http;
        this.workers = workers;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.userAgent = userAgent;
    }

    @Override
    public CompletionStage<BidAnswer> bid(BidCall call) {
        String bidder = call.bidder().id();
        BidderTerms terms = call.bidder().bidder().orElse(BidderTerms.USUAL);
        Gate gate = gates.computeIfAbsent(bidder, _ -> new Gate(nanoTime));
        Optional<String> closed = gate.enter(terms);
        if (closed.isPresent()) {
            return CompletableFuture.completedFuture(BidAnswer.nothing(bidder, Kind.NOT_ASKED, closed.get()));
        }
        CompletableFuture<BidAnswer> result = new CompletableFuture<>();
        var _ = result.whenComplete((_, _) -> gate.leave());
        long begun = nanoTime.getAsLong();
        try {
            workers.execute(() -> ask(call, terms, begun, result));
        } catch (RejectedExecutionException e) {
            result.complete(BidAnswer.nothing(bidder, Kind.NOT_ASKED, "the upstream room is closed"));
        }
        return result;
    }

    private void ask(BidCall call, BidderTerms terms, long begun, CompletableFuture<BidAnswer> result) {
        String bidder = call.bidder().id();
        try {
            Duration left = least(call.bidder().timeout(), call.remaining()).minusNanos(nanoTime.getAsLong() - begun);
            if (!left.isPositive()) {
                result.complete(BidAnswer.nothing(bidder, Kind.LATE, "no time was left to ask"));
                return;
            }
            CompletableFuture<HttpOutcome> exchange = http.exchange(post(call, terms, left));
            BidReply reply = new BidReply(bidder, messages);
            var _ = exchange.thenAccept(outcome -> complete(result, reply, outcome));
            var _ = result.whenComplete((_, _) -> exchange.cancel(true));
        } catch (Url.Refusal e) {
            result.complete(BidAnswer.nothing(bidder, Kind.NOT_ASKED, "its address: " + e.getMessage()));
        } catch (RuntimeException e) {
            // A fault of ours must not leave the request waiting for its deadline.
            result.complete(BidAnswer.nothing(bidder, Kind.FAILED, "internal fault: " + e));
        }
    }

    private static void complete(CompletableFuture<BidAnswer> result, BidReply reply, HttpOutcome outcome) {
        try {
            if (!result.isDone()) {
                result.complete(reply.read(outcome));
            }
        } catch (RuntimeException e) {
            // As above: what a bidder sent must not keep a request waiting.
            result.complete(BidAnswer.nothing(reply.bidder(), Kind.MALFORMED, "cannot be read: " + e));
        }
    }

    private HttpCall post(BidCall call, BidderTerms terms, Duration left) throws Url.Refusal {
        Url url = Url.parse(call.bidder().url());
        byte[] message = message(call, terms, left);
        HttpHeaders.Builder headers = HttpHeaders.builder()
                .add("User-Agent", userAgent)
                .add("Accept", JSON)
                .add("x-openrtb-version", VERSION);
        if (terms.gzip()) {
            headers.add("Content-Encoding", "gzip");
        }
        call.trace().ifPresent(headers::add);
        HttpHeaders.Builder own = HttpHeaders.builder();
        call.bidder().headers().forEach(own::add);
        // One question is for all requests' headers alike: nothing of a request overrides them here.
        call.bidder().defaultHeaders().forEach(own::add);
        return new HttpCall(
                url,
                headers.build(),
                own.build(),
                Optional.of(new HttpCall.Body(terms.gzip() ? compressed(message) : message, JSON)),
                left,
                new CookieJar(Map.of(), url, clock));
    }

    /** The very same question, not an equal one: comparing its parts would cost what writing it does. */
    @SuppressWarnings("ReferenceEquality")
    private byte[] message(BidCall call, BidderTerms terms, Duration left) {
        boolean isOfAll = call.asked().isOfAll(terms.vendor(), call.buyerId());
        Message known = last;
        if (isOfAll && known != null && known.asked() == call.asked() && known.millis() == left.toMillis()) {
            return known.bytes();
        }
        byte[] bytes =
                messages.requests().write(BidRequests.forBidder(call.asked(), terms.vendor(), call.buyerId(), left));
        if (isOfAll) {
            last = new Message(call.asked(), left.toMillis(), bytes);
        }
        return bytes;
    }

    private static byte[] compressed(byte[] message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

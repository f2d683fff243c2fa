package millrace.upstream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import millrace.upstream.auth.Authorization;
import millrace.upstream.bidding.HttpBidders;
import millrace.upstream.bidding.NoticedMarkup;
import millrace.upstream.http.KeptAnswers;
import millrace.upstream.http.NameLookup;
import millrace.upstream.http.PooledHttpExchange;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.vast.VastUpstream;

/**
 * The room's entrance: every upstream of the catalog, over one client.
 *
 * <p>Owns the connections, the threads and the timer; remembers nothing of a request beyond its end. {@link #resolve}
 * costs the caller's thread microseconds: it enqueues. The stage completes on a thread of this room, so what is attached
 * to it must only hand over. After {@link #close} every call, open or new, is cancelled.
 */
public final class Upstreams implements Upstream, Bidders, AutoCloseable {
    private final PooledHttpExchange http;
    private final KeptAnswers kept;
    private final Upstream vast;
    private final Bidders bidders;
    private final NoticedMarkup noticed;
    private final Authorization authorization;
    private final ConcurrentMap<Long, CompletableFuture<Resolution>> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, CompletableFuture<BidAnswer>> asked = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();

    private Upstreams(UpstreamSettings settings, NameLookup lookup, InstantSource clock) {
        this.http = new PooledHttpExchange(settings.http(), lookup, clock);
        this.kept = new KeptAnswers(http, settings.keeping(), clock, System::nanoTime);
        this.vast = new VastUpstream(
                kept, http.workers(), http.timer(), clock, settings.vast(), settings.answers(), settings.userAgent());
        this.bidders = new HttpBidders(http, http.workers(), clock, System::nanoTime, settings.userAgent());
        this.authorization = new Authorization(http, clock, System::nanoTime, settings.userAgent());
        this.noticed = new NoticedMarkup(http, clock, settings.userAgent());
    }

    /** Opens the room. */
    public static Upstreams start(UpstreamSettings settings, InstantSource clock) {
        return start(settings, NameLookup.SYSTEM, clock);
    }

    /** Opens the room with another way to find names. */
    public static Upstreams start(UpstreamSettings settings, NameLookup lookup, InstantSource clock) {
        return new Upstreams(settings, lookup, clock);
    }

    @Override
    public CompletionStage<Resolution> resolve(UpstreamCall call) {
        CompletableFuture<Resolution> result = begun(call).toCompletableFuture();
        long number = calls.incrementAndGet();
        open.put(number, result);
        var _ = result.whenComplete((_, _) -> open.remove(number));
        return result;
    }

    private CompletionStage<Resolution> begun(UpstreamCall call) {
        return switch (call.start()) {
            case AdStart.WinNotice(String url, boolean isVast) when !isVast -> noticed.fetch(call, url);
            case AdStart.WinNotice notice -> vast.resolve(call);
            case AdStart.Markup markup -> vast.resolve(call);
            case AdStart.Tag tag ->
                authorization.authorized(
                        call.upstream(),
                        call.remaining(),
                        (upstream, left) ->
                                vast.resolve(call.by(upstream, left)).toCompletableFuture(),
                        Upstreams::isRefused,
                        why -> new Resolution.Failed(new UpstreamFailure.Unreachable(
                                "upstream " + call.upstream().id() + ": " + why)));
        };
    }

    private static boolean isRefused(Resolution resolution) {
        return resolution instanceof Resolution.Failed failed
                && failed.failure() instanceof UpstreamFailure.HttpStatus(int status, String message)
                && status == 401;
    }

    private static boolean isRefused(BidAnswer answer) {
        return answer.answer() instanceof Answer.Nothing(String bidder, String reason) && reason.equals("status 401");
    }

    @Override
    public CompletionStage<BidAnswer> bid(BidCall call) {
        CompletableFuture<BidAnswer> result = authorization.authorized(
                call.bidder(),
                call.remaining(),
                (bidder, left) -> bidders.bid(new BidCall(bidder, call.asked(), call.buyerId(), left, call.trace()))
                        .toCompletableFuture(),
                Upstreams::isRefused,
                why -> BidAnswer.nothing(call.bidder().id(), BidAnswer.Kind.FAILED, why));
        long number = calls.incrementAndGet();
        asked.put(number, result);
        var _ = result.whenComplete((_, _) -> asked.remove(number));
        return result;
    }

    /** Counts what answers that were kept save, in a registry. */
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("millrace.upstream.cache.requests", kept, KeptAnswers::hits)
                .description("calls to upstreams whose answers are kept, by whether one was")
                .tag("result", "hit")
                .register(registry);
        FunctionCounter.builder("millrace.upstream.cache.requests", kept, KeptAnswers::misses)
                .description("calls to upstreams whose answers are kept, by whether one was")
                .tag("result", "miss")
                .register(registry);
        Gauge.builder("millrace.upstream.cache.bytes", kept, KeptAnswers::bytes)
                .description("memory of answers that are kept")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Calls that have not ended. */
    public int inFlight() {
        return open.size() + asked.size();
    }

    /** Ends every open call as cancelled, then lets go of connections and threads. */
    @Override
    public void close() {
        var cancelled = new Resolution.Failed(new UpstreamFailure.Cancelled("the upstream room is closed"));
        open.values().forEach(result -> result.complete(cancelled));
        asked.values()
                .forEach(result -> result.complete(
                        BidAnswer.nothing("", BidAnswer.Kind.NOT_ASKED, "the upstream room is closed")));
        http.close();
    }
}

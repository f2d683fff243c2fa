package millrace.decision;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import millrace.upstream.BidAnswer;
import millrace.upstream.BidCall;
import millrace.upstream.Bidders;
import millrace.upstream.Resolution;
import millrace.upstream.Upstream;
import millrace.upstream.UpstreamCall;
import millrace.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * The way from upstream threads back to the stream thread: callbacks add, the stream thread polls. Each life of the decision node has
 * its own, so what an older one still gets is never read.
 */
final class Calls {
    private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();

    void start(Upstream upstream, UpstreamCall call, InFlight flight, SlotRun run, SlotRun.Calling calling) {
        CompletableFuture<Resolution> answer = upstream.resolve(call).toCompletableFuture();
        calling.began(answer);
        var _ = answer.whenComplete((resolution, failure) ->
                completions.add(new Completion.Resolved(flight, run, calling, resolution(resolution, failure))));
    }

    void start(Upstream upstream, UpstreamCall call, InFlight flight, SlotRun run, SlotRun.Unwrapping unwrapping) {
        CompletableFuture<Resolution> answer = upstream.resolve(call).toCompletableFuture();
        unwrapping.began(answer);
        var _ = answer.whenComplete((resolution, failure) ->
                completions.add(new Completion.Unwrapped(flight, run, unwrapping, resolution(resolution, failure))));
    }

    /** @return what ends the call */
    Future<?> bid(Bidders bidders, BidCall call, InFlight flight) {
        String bidder = call.bidder().id();
        CompletableFuture<BidAnswer> answer = bidders.bid(call).toCompletableFuture();
        var _ = answer.whenComplete((came, failure) -> completions.add(new Completion.Bid(
                flight,
                bidder,
                came != null ? came : BidAnswer.nothing(bidder, BidAnswer.Kind.FAILED, "bidder failed: " + failure))));
        return answer;
    }

    @Nullable
    Completion poll() {
        return completions.poll();
    }

    private static Resolution resolution(@Nullable Resolution resolution, @Nullable Throwable failure) {
        // An upstream completes normally by its contract; one that does not is answered for here.
        return resolution != null
                ? resolution
                : new Resolution.Failed(new UpstreamFailure.Malformed("upstream failed: " + failure));
    }
}

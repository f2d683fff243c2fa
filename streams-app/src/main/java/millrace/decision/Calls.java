package millrace.decision;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
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
                completions.add(new Completion(flight, run, calling, resolution(resolution, failure))));
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

package millrace.upstream;

import java.util.concurrent.CompletionStage;

/**
 * Those who bid. The stage completes on a thread of the upstream room, always normally, at the call's deadline at the latest; cancelling it ends the
 * call.
 */
public interface Bidders {
    CompletionStage<BidAnswer> bid(BidCall call);
}

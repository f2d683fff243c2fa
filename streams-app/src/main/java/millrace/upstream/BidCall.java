package millrace.upstream;

import java.time.Duration;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;
import millrace.trace.TraceContext;
import millrace.upstream.openrtb.request.Asked;

/**
 * One question to one bidder.
 *
 * @param buyerId how the bidder knows the user
 * @param remaining time until its answer must be here; the bidder's own timeout may end it sooner
 * @param trace that the request belongs to
 */
public record BidCall(
        UpstreamConfig bidder,
        Asked asked,
        Optional<String> buyerId,
        Duration remaining,
        Optional<TraceContext> trace) {

    /** One that belongs to no trace. */
    public BidCall(UpstreamConfig bidder, Asked asked, Optional<String> buyerId, Duration remaining) {
        this(bidder, asked, buyerId, remaining, Optional.empty());
    }
}

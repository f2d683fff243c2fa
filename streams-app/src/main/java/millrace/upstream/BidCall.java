package millrace.upstream;

import java.time.Duration;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;
import millrace.upstream.openrtb.request.Asked;

/**
 * One question to one bidder.
 *
 * @param buyerId how the bidder knows the user
 * @param remaining time until its answer must be here; the bidder's own timeout may end it sooner
 */
public record BidCall(UpstreamConfig bidder, Asked asked, Optional<String> buyerId, Duration remaining) {}

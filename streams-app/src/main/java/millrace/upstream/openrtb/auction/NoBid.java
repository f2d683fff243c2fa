package millrace.upstream.openrtb.auction;

import java.util.OptionalInt;

/**
 * A bidder that made no bid that counts.
 *
 * @param nbr the bidder's own reason, from OpenRTB's list of no-bid reasons
 */
public record NoBid(String bidder, OptionalInt nbr, String reason) {}

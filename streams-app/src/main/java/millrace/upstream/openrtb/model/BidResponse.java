package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** What one bidder answers: the root of a response. OpenRTB 2.6, 4.2.1. */
public record BidResponse(
        @Nullable String id,
        @Nullable List<SeatBid> seatbid,
        @Nullable String bidid,
        @Nullable String cur,
        @Nullable String customdata,
        @Listed(Listing.NO_BID_REASONS) @Nullable Integer nbr,
        @Nullable Json ext,
        Others others) {}

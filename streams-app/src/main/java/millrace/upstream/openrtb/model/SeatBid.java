package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** The bids of one seat. OpenRTB 2.6, 4.2.2. */
public record SeatBid(
        @Required @Nullable List<Bid> bid,
        @Nullable String seat,
        @Listed(Listing.FLAG) @Nullable Integer group,
        @Nullable Json ext,
        Others others) {}

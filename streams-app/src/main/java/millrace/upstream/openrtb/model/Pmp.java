package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The private marketplace of an impression: its deals. OpenRTB 2.6, 3.2.11. */
public record Pmp(
        @Listed(Listing.FLAG) @Nullable Integer private_auction,
        @Nullable List<Deal> deals,
        @Nullable Json ext,
        Others others) {}

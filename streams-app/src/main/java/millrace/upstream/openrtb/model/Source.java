package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** Who decides the sale and how the request came here. OpenRTB 2.6, 3.2.2. */
public record Source(
        @Listed(Listing.FLAG) @Nullable Integer fd,
        @Nullable String tid,
        @Nullable String pchain,
        @Nullable SupplyChain schain,
        @Nullable Json ext,
        Others others) {}

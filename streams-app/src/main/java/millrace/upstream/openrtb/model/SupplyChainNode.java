package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Longest;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** One of those who were paid for the request. OpenRTB 2.6, 3.2.26. */
public record SupplyChainNode(
        @Required @Nullable String asi,
        @Required @Longest(64) @Nullable String sid,
        @Nullable String rid,
        @Nullable String name,
        @Nullable String domain,
        @Listed(Listing.FLAG) @Nullable Integer hp,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** Everybody who was paid for the request, in order. OpenRTB 2.6, 3.2.25. */
public record SupplyChain(
        @Required @Listed(Listing.FLAG) @Nullable Integer complete,
        @Required @Nullable List<SupplyChainNode> nodes,
        @Required @Nullable String ver,
        @Nullable Json ext,
        Others others) {}

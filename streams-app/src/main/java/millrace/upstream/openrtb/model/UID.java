package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** One identifier of the user. OpenRTB 2.6, 3.2.28. */
public record UID(
        @Nullable String id,
        @Listed(Listing.AGENT_TYPES) @Nullable Integer atype,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** What makes the slot fill itself anew. OpenRTB 2.6, 3.2.34. */
public record RefSettings(
        @Listed(Listing.REFRESH_TRIGGERS) @Nullable Integer reftype,
        @Nullable Integer minint,
        @Nullable Json ext,
        Others others) {}

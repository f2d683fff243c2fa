package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** Identifiers of the user from one source. OpenRTB 2.6, 3.2.27. */
public record EID(
        @Nullable String inserter,
        @Nullable String source,
        @Nullable String matcher,
        @Listed(Listing.ID_MATCHES) @Nullable Integer mm,
        @Nullable List<UID> uids,
        @Nullable Json ext,
        Others others) {}

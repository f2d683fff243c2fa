package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The screen in public of the impression. OpenRTB 2.6, 3.2.32. */
public record DOOH(
        @Nullable String id,
        @Nullable String name,
        @Nullable List<String> venuetype,
        @Listed(Listing.VENUE_TAXONOMIES) @Nullable Integer venuetypetax,
        @Nullable Publisher publisher,
        @Nullable String domain,
        @Nullable String keywords,
        @Nullable Content content,
        @Nullable Json ext,
        Others others) {}

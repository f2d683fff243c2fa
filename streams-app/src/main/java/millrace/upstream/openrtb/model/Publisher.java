package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** Whose site, app or screen it is. OpenRTB 2.6, 3.2.15. */
public record Publisher(
        @Nullable String id,
        @Nullable String name,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer cattax,
        @Nullable List<String> cat,
        @Nullable String domain,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The app of the impression. OpenRTB 2.6, 3.2.14. */
public record App(
        @Nullable String id,
        @Nullable String name,
        @Nullable String bundle,
        @Nullable String domain,
        @Nullable String storeurl,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer cattax,
        @Nullable List<String> cat,
        @Nullable List<String> sectioncat,
        @Nullable List<String> pagecat,
        @Nullable String ver,
        @Listed(Listing.FLAG) @Nullable Integer privacypolicy,
        @Listed(Listing.FLAG) @Nullable Integer paid,
        @Nullable Publisher publisher,
        @Nullable Content content,
        @Nullable String keywords,
        @Nullable List<String> kwarray,
        @Nullable String inventorypartnerdomain,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The website of the impression. OpenRTB 2.6, 3.2.13. */
public record Site(
        @Nullable String id,
        @Nullable String name,
        @Nullable String domain,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer cattax,
        @Nullable List<String> cat,
        @Nullable List<String> sectioncat,
        @Nullable List<String> pagecat,
        @Nullable String page,
        @Nullable String ref,
        @Nullable String search,
        @Listed(Listing.FLAG) @Nullable Integer mobile,
        @Listed(Listing.FLAG) @Nullable Integer privacypolicy,
        @Nullable Publisher publisher,
        @Nullable Content content,
        @Nullable String keywords,
        @Nullable List<String> kwarray,
        @Nullable String inventorypartnerdomain,
        @Nullable Json ext,
        Others others) {}

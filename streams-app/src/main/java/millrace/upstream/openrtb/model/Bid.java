package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Range;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** One offer of a seat for one impression. OpenRTB 2.6, 4.2.3. */
public record Bid(
        @Required @Nullable String id,
        @Required @Nullable String impid,
        @Required @Nullable BigDecimal price,
        @Nullable String nurl,
        @Nullable String burl,
        @Nullable String lurl,
        @Nullable String adm,
        @Nullable String adid,
        @Nullable List<String> adomain,
        @Nullable String bundle,
        @Nullable String iurl,
        @Nullable String cid,
        @Nullable String crid,
        @Nullable String tactic,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer cattax,
        @Nullable List<String> cat,
        @Listed(Listing.CREATIVE_ATTRIBUTES) @Nullable List<Integer> attr,
        @Listed(Listing.API_FRAMEWORKS) @Nullable List<Integer> apis,
        @Nullable Integer api,
        @Listed(Listing.MEDIA_SUBTYPES) @Nullable Integer protocol,
        @Listed(Listing.MEDIA_RATINGS) @Nullable Integer qagmediarating,
        @Nullable String language,
        @Nullable String langb,
        @Nullable String dealid,
        @Nullable Integer w,
        @Nullable Integer h,
        @Nullable Integer wratio,
        @Nullable Integer hratio,
        @Nullable Integer exp,
        @Nullable Integer dur,
        @Listed(Listing.MARKUP_TYPES) @Nullable Integer mtype,

        @Listed(Listing.POD_SLOTS) @Range(least = -1) @Nullable
        Integer slotinpod,

        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The impression as a display ad, or a companion of a video or audio ad. OpenRTB 2.6, 3.2.6. */
public record Banner(
        @Nullable List<Format> format,
        @Nullable Integer w,
        @Nullable Integer h,
        @Listed(Listing.BANNER_TYPES) @Nullable List<Integer> btype,
        @Listed(Listing.CREATIVE_ATTRIBUTES) @Nullable List<Integer> battr,
        @Listed(Listing.PLACEMENT_POSITIONS) @Nullable Integer pos,
        @Nullable List<String> mimes,
        @Listed(Listing.FLAG) @Nullable Integer topframe,
        @Listed(Listing.EXPANDABLE_DIRECTIONS) @Nullable List<Integer> expdir,
        @Listed(Listing.API_FRAMEWORKS) @Nullable List<Integer> api,
        @Nullable String id,
        @Listed(Listing.FLAG) @Nullable Integer vcm,
        @Nullable Json ext,
        Others others) {}

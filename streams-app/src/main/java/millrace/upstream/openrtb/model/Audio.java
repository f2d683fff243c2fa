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

/** The impression as an audio ad. OpenRTB 2.6, 3.2.8. */
public record Audio(
        @Required @Nullable List<String> mimes,
        @Nullable Integer minduration,
        @Nullable Integer maxduration,
        @Nullable Integer poddur,
        @Listed(Listing.MEDIA_SUBTYPES) @Nullable List<Integer> protocols,

        @Listed(Listing.START_DELAYS) @Range(least = -2) @Nullable
        Integer startdelay,

        @Nullable List<Integer> rqddurs,
        @Nullable String podid,

        @Listed(Listing.POD_SEQUENCE) @Range(least = -1) @Nullable
        Integer podseq,

        @Nullable Integer sequence,

        @Listed(Listing.POD_SLOTS) @Range(least = -1) @Nullable
        Integer slotinpod,

        @Nullable BigDecimal mincpmpersec,
        @Listed(Listing.CREATIVE_ATTRIBUTES) @Nullable List<Integer> battr,
        @Range(least = -1) @Nullable Integer maxextended,
        @Nullable Integer minbitrate,
        @Nullable Integer maxbitrate,
        @Listed(Listing.DELIVERY_METHODS) @Nullable List<Integer> delivery,
        @Nullable List<Banner> companionad,
        @Listed(Listing.API_FRAMEWORKS) @Nullable List<Integer> api,
        @Listed(Listing.COMPANION_TYPES) @Nullable List<Integer> companiontype,
        @Nullable Integer maxseq,
        @Listed(Listing.FEED_TYPES) @Nullable Integer feed,
        @Listed(Listing.FLAG) @Nullable Integer stitched,
        @Listed(Listing.VOLUME_MODES) @Nullable Integer nvol,
        @Nullable List<DurFloors> durfloors,
        @Nullable Json ext,
        Others others) {}

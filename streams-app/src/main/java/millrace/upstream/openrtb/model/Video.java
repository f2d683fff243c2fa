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

/** The impression as a video ad. OpenRTB 2.6, 3.2.7. */
public record Video(
        @Required @Nullable List<String> mimes,
        @Nullable Integer minduration,
        @Nullable Integer maxduration,

        @Listed(Listing.START_DELAYS) @Range(least = -2) @Nullable
        Integer startdelay,

        @Nullable Integer maxseq,
        @Nullable Integer poddur,
        @Listed(Listing.MEDIA_SUBTYPES) @Nullable List<Integer> protocols,
        @Nullable Integer w,
        @Nullable Integer h,
        @Nullable String podid,

        @Listed(Listing.POD_SEQUENCE) @Range(least = -1) @Nullable
        Integer podseq,

        @Nullable List<Integer> rqddurs,
        @Nullable Integer placement,
        @Listed(Listing.VIDEO_PLACEMENTS) @Nullable Integer plcmt,
        @Listed(Listing.LINEARITY) @Nullable Integer linearity,
        @Listed(Listing.FLAG) @Nullable Integer skip,
        @Nullable Integer skipmin,
        @Nullable Integer skipafter,
        @Nullable Integer sequence,

        @Listed(Listing.POD_SLOTS) @Range(least = -1) @Nullable
        Integer slotinpod,

        @Nullable BigDecimal mincpmpersec,
        @Listed(Listing.CREATIVE_ATTRIBUTES) @Nullable List<Integer> battr,
        @Range(least = -1) @Nullable Integer maxextended,
        @Nullable Integer minbitrate,
        @Nullable Integer maxbitrate,
        @Listed(Listing.FLAG) @Nullable Integer boxingallowed,
        @Listed(Listing.PLAYBACK_METHODS) @Nullable List<Integer> playbackmethod,
        @Listed(Listing.PLAYBACK_ENDS) @Nullable Integer playbackend,
        @Listed(Listing.DELIVERY_METHODS) @Nullable List<Integer> delivery,
        @Listed(Listing.PLACEMENT_POSITIONS) @Nullable Integer pos,
        @Nullable List<Banner> companionad,
        @Listed(Listing.API_FRAMEWORKS) @Nullable List<Integer> api,
        @Listed(Listing.COMPANION_TYPES) @Nullable List<Integer> companiontype,
        @Listed(Listing.POD_DEDUPE) @Nullable List<Integer> poddedupe,
        @Nullable List<DurFloors> durfloors,
        @Nullable Json ext,
        Others others) {}

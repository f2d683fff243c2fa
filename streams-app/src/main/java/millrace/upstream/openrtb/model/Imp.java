package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Named;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** One impression on offer; with {@code podid}, a slot or the dynamic part of a pod. OpenRTB 2.6, 3.2.4. */
public record Imp(
        @Required @Nullable String id,
        @Nullable List<Metric> metric,
        @Nullable Banner banner,
        @Nullable Video video,
        @Nullable Audio audio,
        @Named("native") @Nullable Native nativeAd,
        @Nullable Pmp pmp,
        @Nullable String displaymanager,
        @Nullable String displaymanagerver,
        @Listed(Listing.FLAG) @Nullable Integer instl,
        @Nullable String tagid,
        @Nullable BigDecimal bidfloor,
        @Nullable String bidfloorcur,
        @Listed(Listing.FLAG) @Nullable Integer clickbrowser,
        @Listed(Listing.FLAG) @Nullable Integer secure,
        @Nullable List<String> iframebuster,
        @Listed(Listing.FLAG) @Nullable Integer rwdd,
        @Listed(Listing.AD_INSERTION) @Nullable Integer ssai,
        @Nullable Integer exp,
        @Nullable Qty qty,
        @Nullable BigDecimal dt,
        @Nullable Refresh refresh,
        @Nullable Json ext,
        Others others) {}

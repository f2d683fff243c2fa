package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** What the user sees the ad on. OpenRTB 2.6, 3.2.18. */
public record Device(
        @Nullable Geo geo,
        @Listed(Listing.FLAG) @Nullable Integer dnt,
        @Listed(Listing.FLAG) @Nullable Integer lmt,
        @Nullable String ua,
        @Nullable UserAgent sua,
        @Nullable String ip,
        @Nullable String ipv6,
        @Listed(Listing.DEVICE_TYPES) @Nullable Integer devicetype,
        @Nullable String make,
        @Nullable String model,
        @Nullable String os,
        @Nullable String osv,
        @Nullable String hwv,
        @Nullable Integer h,
        @Nullable Integer w,
        @Nullable Integer ppi,
        @Nullable BigDecimal pxratio,
        @Listed(Listing.FLAG) @Nullable Integer js,
        @Listed(Listing.FLAG) @Nullable Integer geofetch,
        @Nullable String flashver,
        @Nullable String language,
        @Nullable String langb,
        @Nullable String carrier,
        @Nullable String mccmnc,
        @Listed(Listing.CONNECTION_TYPES) @Nullable Integer connectiontype,
        @Nullable String ifa,
        @Nullable String didsha1,
        @Nullable String didmd5,
        @Nullable String dpidsha1,
        @Nullable String dpidmd5,
        @Nullable String macsha1,
        @Nullable String macmd5,
        @Nullable Json ext,
        Others others) {}

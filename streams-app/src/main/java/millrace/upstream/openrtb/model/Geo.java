package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Range;
import org.jspecify.annotations.Nullable;

/** Where the device is, or where the user is at home. OpenRTB 2.6, 3.2.19. */
public record Geo(
        @Range(least = Long.MIN_VALUE) @Nullable BigDecimal lat,
        @Range(least = Long.MIN_VALUE) @Nullable BigDecimal lon,
        @Listed(Listing.LOCATION_TYPES) @Nullable Integer type,
        @Nullable Integer accuracy,
        @Nullable Integer lastfix,
        @Listed(Listing.IP_LOCATION_SERVICES) @Nullable Integer ipservice,
        @Nullable String country,
        @Nullable String region,
        @Nullable String regionfips104,
        @Nullable String metro,
        @Nullable String city,
        @Nullable String zip,
        @Range(least = -1440, most = 1440) @Nullable Integer utcoffset,
        @Nullable Json ext,
        Others others) {}

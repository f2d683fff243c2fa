package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** What the browser says of itself, in parts. OpenRTB 2.6, 3.2.29. */
public record UserAgent(
        @Nullable List<BrandVersion> browsers,
        @Nullable BrandVersion platform,
        @Listed(Listing.FLAG) @Nullable Integer mobile,
        @Nullable String architecture,
        @Nullable String bitness,
        @Nullable String model,
        @Listed(Listing.USER_AGENT_SOURCES) @Nullable Integer source,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** Privacy rules that hold for the request. OpenRTB 2.6, 3.2.3. */
public record Regs(
        @Listed(Listing.FLAG) @Nullable Integer coppa,
        @Listed(Listing.FLAG) @Nullable Integer gdpr,
        @Nullable String us_privacy,
        @Nullable String gpp,
        @Nullable List<Integer> gpp_sid,
        @Nullable Json ext,
        Others others) {}

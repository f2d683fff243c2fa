package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** Who will see the ad. OpenRTB 2.6, 3.2.20. */
public record User(
        @Nullable String id,
        @Nullable String buyeruid,
        @Nullable Integer yob,
        @Nullable String gender,
        @Nullable String keywords,
        @Nullable List<String> kwarray,
        @Nullable String customdata,
        @Nullable Geo geo,
        @Nullable List<Data> data,
        @Nullable String consent,
        @Nullable List<EID> eids,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** How many people see one impression, as on a street screen. OpenRTB 2.6, 3.2.31. */
public record Qty(
        @Required @Nullable BigDecimal multiplier,
        @Listed(Listing.MULTIPLIER_SOURCES) @Nullable Integer sourcetype,
        @Nullable String vendor,
        @Nullable Json ext,
        Others others) {}

package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** An agreement that a bid can name. OpenRTB 2.6, 3.2.12. */
public record Deal(
        @Required @Nullable String id,
        @Nullable BigDecimal bidfloor,
        @Nullable String bidfloorcur,
        @Listed(Listing.DEAL_AUCTION_TYPES) @Nullable Integer at,
        @Nullable List<String> wseat,
        @Nullable List<String> wadomain,
        @Listed(Listing.FLAG) @Nullable Integer guar,
        @Nullable BigDecimal mincpmpersec,
        @Nullable List<DurFloors> durfloors,
        @Nullable Json ext,
        Others others) {}

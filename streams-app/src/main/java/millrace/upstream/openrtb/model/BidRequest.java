package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** An offer of impressions to bidders: the root of a request. OpenRTB 2.6, 3.2.1. */
public record BidRequest(
        @Required @Nullable String id,
        @Required @Nullable List<Imp> imp,
        @Nullable Site site,
        @Nullable App app,
        @Nullable DOOH dooh,
        @Nullable Device device,
        @Nullable User user,
        @Listed(Listing.FLAG) @Nullable Integer test,
        @Listed(Listing.AUCTION_TYPES) @Nullable Integer at,
        @Nullable Integer tmax,
        @Nullable List<String> wseat,
        @Nullable List<String> bseat,
        @Listed(Listing.FLAG) @Nullable Integer allimps,
        @Nullable List<String> cur,
        @Nullable List<String> wlang,
        @Nullable List<String> wlangb,
        @Nullable List<String> acat,
        @Nullable List<String> bcat,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer cattax,
        @Nullable List<String> badv,
        @Nullable List<String> bapp,
        @Nullable Source source,
        @Nullable Regs regs,
        @Nullable Json ext,
        Others others) {}

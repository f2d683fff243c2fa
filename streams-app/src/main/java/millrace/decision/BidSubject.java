package millrace.decision;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import millrace.caps.CapSubject;
import millrace.catalog.Campaign;
import millrace.catalog.Catalog;
import millrace.catalog.Placement;
import millrace.catalog.Supply;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.model.Bid;

/**
 * What a bid says that it is. Caps count it by that: campaign by {@code cid}, creative by {@code crid}, advertiser by the first {@code adomain}.
 *
 * <p>A {@code cid} that is the id of a campaign whose pool names the bidder is that campaign: its caps, flight and budget hold. Any other one
 * is the bidder's own, and cannot be mistaken for a campaign or for another bidder's.
 */
record BidSubject(Winner bid, Optional<Campaign> campaign) {

    static BidSubject of(Winner bid, Catalog catalog) {
        return new BidSubject(
                bid,
                Optional.ofNullable(bid.bid().cid())
                        .flatMap(catalog::campaign)
                        .filter(campaign -> campaign.supply() instanceof Supply.Pooled pool
                                && pool.upstreams().contains(bid.bidder())));
    }

    /** What campaign caps count; empty when the bid names none. */
    String campaignKey() {
        return campaign.map(Campaign::id).orElseGet(() -> {
            String cid = bid.bid().cid();
            return cid == null || cid.isEmpty() ? "" : bid.bidder() + "/" + cid;
        });
    }

    Optional<String> advertiser() {
        List<String> domains = bid.bid().adomain();
        return Optional.ofNullable(domains)
                .flatMap(all -> all.stream().findFirst())
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .or(() -> campaign.map(Campaign::advertiser));
    }

    String creative() {
        Bid said = bid.bid();
        return said.crid() == null ? "" : said.crid();
    }

    CapSubject subject(Placement placement) {
        return new CapSubject(campaignKey(), creative(), advertiser().orElse(""), placement.id(), bid.bidder());
    }
}

package millrace.upstream.openrtb.auction;

import java.util.List;

/**
 * Every bid is in here once, as winner or as loser; every bidder without a bid that counts is a no-bid.
 *
 * @param winners by impression in the request's order, then by position
 */
public record AuctionResult(List<Winner> winners, List<Loser> losers, List<NoBid> noBids) {
    public AuctionResult {
        winners = List.copyOf(winners);
        losers = List.copyOf(losers);
        noBids = List.copyOf(noBids);
    }
}

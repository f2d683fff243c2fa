package millrace.catalog;

import java.util.List;

/**
 * Who may bid for the slots of a placement.
 *
 * @param bidders ids of upstreams that speak OpenRTB; some may not be there (yet)
 * @param priority tier in which bids compete
 */
public record AuctionTerms(List<String> bidders, int priority) {
    public AuctionTerms {
        bidders = List.copyOf(bidders);
    }
}

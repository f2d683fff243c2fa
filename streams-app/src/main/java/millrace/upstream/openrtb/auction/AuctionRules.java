package millrace.upstream.openrtb.auction;

import millrace.money.Cpm;
import millrace.money.Rates;

/**
 * What the specification leaves to the exchange.
 *
 * @param increment above the runner-up in a second price auction, in the auction's currency
 * @param effort steps of the search for the best pod, beyond the size that is searched to the end; more find more, and take longer
 */
public record AuctionRules(Cpm increment, DealPriority deals, OwnBids ownBids, Rates rates, int effort) {
    public static final AuctionRules USUAL =
            new AuctionRules(new Cpm(10_000), DealPriority.GUARANTEED, OwnBids.IGNORED, Rates.NONE, 200_000);

    public AuctionRules {
        if (effort < 1) {
            throw new IllegalArgumentException("effort is " + effort + "; it must be 1 or more");
        }
    }

    public AuctionRules with(Rates known) {
        return new AuctionRules(increment, deals, ownBids, known, effort);
    }

    public AuctionRules with(DealPriority priority) {
        return new AuctionRules(increment, priority, ownBids, rates, effort);
    }
}

package millrace.upstream.openrtb.auction;

import java.util.Optional;
import java.util.OptionalInt;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.Deal;
import org.jspecify.annotations.Nullable;

/**
 * A bid for an impression of the request, as it stands before the rules.
 *
 * @param number among all of its auction
 * @param seat empty when the response names none
 * @param group of bids that win or lose together; -1 for none
 * @param price millionths of {@code currency}
 * @param seconds how long it is, else the longest that it may be; empty for what takes no time
 */
record Offer(
        int number,
        String bidder,
        Optional<String> seat,
        int group,
        BidResponse response,
        Bid bid,
        ImpTerms imp,
        MarkupType markup,
        Optional<Deal> deal,
        long price,
        String currency,
        OptionalInt seconds) {
    static final int NO_GROUP = -1;

    Optional<TimedTerms> timed() {
        return imp.timed(markup);
    }

    /** Names a seat among all seats of all bidders. */
    String buyer() {
        return bidder + "\n" + seat.orElse("");
    }

    /** Within one auction an offer is its number. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Offer offer && offer.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    String bidId() {
        String id = bid.id();
        return id == null ? "" : id;
    }
}

package millrace.upstream.openrtb.auction;

import java.util.Comparator;

/**
 * An offer that passed every rule.
 *
 * @param first whether it wins before any that is not
 * @param value what it would bring, in the auction's currency, millionths
 * @param floor the least it may pay, in its own currency, millionths
 * @param draw decides between equals: fixed by the request and the bid, and fair between bidders
 */
record Contender(Offer offer, boolean first, long value, long floor, AuctionType type, long draw) {
    static final Comparator<Contender> BEST_FIRST = Comparator.comparing(Contender::first)
            .thenComparingLong(Contender::value)
            .reversed()
            .thenComparingLong(Contender::draw)
            .thenComparing((Contender contender) -> contender.offer().bidder())
            .thenComparing(contender -> contender.offer().seat().orElse(""))
            .thenComparing(contender -> contender.offer().bidId())
            .thenComparingInt(contender -> contender.offer().number());

    int seconds() {
        return offer.seconds().orElse(0);
    }
}

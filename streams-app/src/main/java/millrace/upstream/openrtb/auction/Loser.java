package millrace.upstream.openrtb.auction;

import java.util.Optional;
import millrace.money.Cpm;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;

/**
 * A bid that did not win.
 *
 * @param words why, for a person
 * @param minToWin what would have tied the winner, in the bid's own currency; only where price alone decided
 */
public record Loser(
        String bidder,
        Optional<String> seat,
        BidResponse response,
        Bid bid,
        LossReason reason,
        String words,
        Optional<Cpm> minToWin) {}

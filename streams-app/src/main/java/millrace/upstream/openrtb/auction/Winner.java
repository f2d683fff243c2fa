package millrace.upstream.openrtb.auction;

import java.util.Optional;
import millrace.money.Cpm;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.Deal;
import millrace.upstream.openrtb.model.Imp;

/**
 * A bid that won. Amounts are of the bid's own currency.
 *
 * @param position in its pod, from 1; 1 outside of pods
 * @param clearing what it pays: never above its price, never below its floor
 * @param minToWin what would have been enough: the runner-up's price, else the floor
 */
public record Winner(
        String bidder,
        Optional<String> seat,
        BidResponse response,
        Bid bid,
        Imp imp,
        Optional<Deal> deal,
        int position,
        MarkupType markup,
        Cpm price,
        Cpm clearing,
        Cpm minToWin,
        String currency) {}

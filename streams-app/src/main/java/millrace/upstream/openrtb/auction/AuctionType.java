package millrace.upstream.openrtb.auction;

import java.util.Optional;
import millrace.upstream.openrtb.model.Deal;

/** How the price of a winner is made. A number that we have no agreement on is a first price auction: what is bid is what is paid. */
enum AuctionType {
    FIRST_PRICE,
    SECOND_PRICE_PLUS,
    /** The deal's floor is the price. */
    FIXED_PRICE;

    static AuctionType of(Optional<Deal> deal, RequestTerms terms) {
        Integer own = deal.map(Deal::at).orElse(null);
        if (own != null && own == 3) {
            return FIXED_PRICE;
        }
        int type = own == null ? terms.auctionType() : own;
        return type == 2 ? SECOND_PRICE_PLUS : FIRST_PRICE;
    }
}

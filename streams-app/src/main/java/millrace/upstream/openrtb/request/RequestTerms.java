package millrace.upstream.openrtb.request;

import java.util.Optional;

/**
 * What holds for every request that leaves.
 *
 * @param node our own in the supply chain; absent adds none
 * @param auctionType where the request does not say: 1 first price, 2 second price plus
 */
public record RequestTerms(Optional<SellerNode> node, int auctionType) {
    public static final RequestTerms USUAL = new RequestTerms(Optional.empty(), 1);

    public RequestTerms {
        if (auctionType < 1 || auctionType > 2) {
            throw new IllegalArgumentException("auction type is " + auctionType + "; allowed are 1 and 2");
        }
    }
}

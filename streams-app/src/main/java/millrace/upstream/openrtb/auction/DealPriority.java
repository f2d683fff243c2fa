package millrace.upstream.openrtb.auction;

/** Which deals win before others, whatever the others pay. The specification leaves it to the publisher. */
public enum DealPriority {
    /** Price alone decides. */
    NONE,
    /** Those that the bidder had to bid on. */
    GUARANTEED,
    /** Every deal. */
    ALL
}

package millrace.upstream.openrtb.auction;

/** Whether a seat's other bids set the price that it pays. */
public enum OwnBids {
    /** Nobody outbids himself. */
    IGNORED,
    COUNTED
}

package millrace.upstream;

import millrace.upstream.openrtb.auction.Answer;

/** What came of asking a bidder, and how that is counted. */
public record BidAnswer(Answer answer, Kind kind) {

    /** What is counted of bidders. */
    public enum Kind {
        /** A response with bids, whatever they are worth. */
        BIDS,
        /** A response without, in any of the ways to say so. */
        NO_BID,
        /** Nothing by the deadline. What comes later is not read. */
        LATE,
        /** No connection, or a status that is no answer. */
        FAILED,
        /** Not a response: too large, another type, not JSON. */
        MALFORMED,
        /** Not asked: over one of its limits, or its address is refused. */
        NOT_ASKED
    }

    public static BidAnswer nothing(String bidder, Kind kind, String reason) {
        return new BidAnswer(new Answer.Nothing(bidder, reason), kind);
    }
}

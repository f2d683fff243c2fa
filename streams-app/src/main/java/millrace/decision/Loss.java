package millrace.decision;

/**
 * What the loser of an auction is told.
 *
 * @param id of the notice, which is always the same for a bid
 * @param url to be called, its macros filled
 * @param code why it lost, of the list of loss reasons
 */
record Loss(String id, String bidder, String url, int code) {}

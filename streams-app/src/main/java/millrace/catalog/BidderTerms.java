package millrace.catalog;

import java.util.OptionalInt;

/**
 * What a bidder takes from one process.
 *
 * @param maxConcurrent most requests that wait for its answer
 * @param maxPerSecond most requests a second; empty is no limit
 * @param gzip whether requests are sent compressed
 * @param vendor its number on the Global Vendor List; empty where nobody said it
 */
public record BidderTerms(int maxConcurrent, OptionalInt maxPerSecond, boolean gzip, OptionalInt vendor) {
    public static final BidderTerms USUAL = new BidderTerms(1_000, OptionalInt.empty(), false, OptionalInt.empty());
}

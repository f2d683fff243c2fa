package millrace.decision;

import java.time.Duration;
import millrace.upstream.openrtb.auction.AuctionRules;
import millrace.upstream.openrtb.request.RequestTerms;

/**
 * How bids are asked for, and compete.
 *
 * @param terms of every request to bidders
 * @param least with less time than this, nobody is asked
 * @param display when a banner or native ad is billed
 */
public record AuctionSettings(AuctionRules rules, RequestTerms terms, Duration least, DisplayBilling display) {
    public static final AuctionSettings USUAL = new AuctionSettings(
            AuctionRules.USUAL, RequestTerms.USUAL, Duration.ofMillis(10), DisplayBilling.IMPRESSION);

    /** What is the billable event of an ad that is no video and no audio; of those it is the impression (OpenRTB 2.6, 7.8). */
    public enum DisplayBilling {
        IMPRESSION,
        WIN
    }
}

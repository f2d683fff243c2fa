package millrace.delivery;

import java.time.Duration;
import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.money.Cpm;

/**
 * At what price an ad goes, and to whom.
 *
 * @param campaign whose budget pays; absent for open demand
 * @param advertiser where the ad does not say it
 * @param bid present when a bid bought it
 * @param held longest time that the buyer waits for the impression; absent is any
 */
public record Sale(
        Optional<String> campaign,
        Optional<String> advertiser,
        Cpm price,
        String currency,
        Optional<SoldBid> bid,
        Optional<Duration> held) {

    /** To a campaign, at its price. */
    public static Sale to(Campaign campaign) {
        return new Sale(
                Optional.of(campaign.id()),
                Optional.of(campaign.advertiser()),
                campaign.price(),
                campaign.currency(),
                Optional.empty(),
                Optional.empty());
    }

    /** To nobody, for nothing. */
    public static Sale free(String currency) {
        return new Sale(Optional.empty(), Optional.empty(), Cpm.FREE, currency, Optional.empty(), Optional.empty());
    }
}

package millrace.decision;

import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.money.Cpm;
import millrace.upstream.openrtb.auction.Winner;

/** Who pays for an ad. */
sealed interface Buyer {
    /** What it is worth to it, for a thousand: of a bid the bid itself, not what it pays in the end. */
    Cpm price();

    /** Who advertises where the ad does not say it. */
    Optional<String> advertiser();

    /** A campaign, at its price. */
    record Line(Campaign campaign) implements Buyer {
        @Override
        public Cpm price() {
            return campaign.price();
        }

        @Override
        public Optional<String> advertiser() {
            return Optional.of(campaign.advertiser());
        }
    }

    /** A bid that the auction let win. */
    record Bidder(Winner bid) implements Buyer {
        @Override
        public Cpm price() {
            return bid.price();
        }

        @Override
        public Optional<String> advertiser() {
            return Optional.empty();
        }
    }
}

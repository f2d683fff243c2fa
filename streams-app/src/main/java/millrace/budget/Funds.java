package millrace.budget;

import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.money.Money;

/** What the catalog says that a campaign may spend. */
public sealed interface Funds {

    /** Most that may ever be out at once, spent amounts included. */
    Money limit();

    /** The smallest amount that is of use: the price of one impression, 1 nano at least. */
    Money unit();

    /** A total budget. */
    record Limited(String currency, Money limit, Money price) implements Funds {
        @Override
        public Money unit() {
            return price.max(NANO);
        }
    }

    /** No budget: everything that is asked for is granted, and counted. */
    record Unlimited(String currency, Money price) implements Funds {
        @Override
        public Money limit() {
            return new Money(Long.MAX_VALUE);
        }

        @Override
        public Money unit() {
            return price.max(NANO);
        }
    }

    /** Unknown (perhaps: not yet) or paused. */
    record Closed() implements Funds {
        @Override
        public Money limit() {
            return Money.ZERO;
        }

        @Override
        public Money unit() {
            return NANO;
        }
    }

    Money NANO = new Money(1);

    static Funds of(Optional<Campaign> campaign) {
        return campaign.filter(Campaign::active).map(Funds::open).orElseGet(Closed::new);
    }

    private static Funds open(Campaign campaign) {
        Money price = campaign.price().perImpression();
        return campaign.budget()
                .<Funds>map(budget -> new Limited(campaign.currency(), budget, price))
                .orElseGet(() -> new Unlimited(campaign.currency(), price));
    }

    /** Whether money of this currency may be granted. */
    default boolean pays(String wanted) {
        return switch (this) {
            case Limited limited -> limited.currency.equals(wanted);
            case Unlimited unlimited -> unlimited.currency.equals(wanted);
            case Closed closed -> false;
        };
    }
}

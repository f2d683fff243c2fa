package millrace.upstream.openrtb.auction;

import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import millrace.money.Cpm;
import millrace.money.Rates;

/**
 * What winners pay, and what would have been enough. Only bids that passed every rule, and that could have stood in the winner's place, set a
 * price.
 *
 * @param currency of the auction
 */
record Pricing(AuctionRules rules, String currency) {

    Winner winner(Contender winner, Filled filled, int position) {
        Optional<Contender> runnerUp = runnerUp(winner, filled);
        Offer offer = winner.offer();
        long enough = runnerUp.map(other -> own(other.value(), offer)).orElse(winner.floor());
        return new Winner(
                offer.bidder(),
                offer.seat(),
                offer.response(),
                offer.bid(),
                offer.imp().imp(),
                offer.deal(),
                position,
                offer.markup(),
                new Cpm(offer.price()),
                new Cpm(clearing(winner, runnerUp)),
                new Cpm(Math.min(Math.max(enough, winner.floor()), offer.price())),
                offer.currency());
    }

    /** What would have tied the cheapest winner that the loser could have replaced. */
    Optional<Cpm> minToWin(Contender loser, Filled filled) {
        return filled.winners().stream()
                .filter(winner -> winner.first() == loser.first() && filled.canReplace(winner, loser))
                .map(Contender::value)
                .min(Long::compare)
                .map(value -> new Cpm(own(value, loser.offer())));
    }

    private long clearing(Contender winner, Optional<Contender> runnerUp) {
        long price = winner.offer().price();
        return switch (winner.type()) {
            case FIRST_PRICE -> price;
            case FIXED_PRICE -> Math.min(winner.floor(), price);
            case SECOND_PRICE_PLUS -> {
                long next = runnerUp.map(Contender::value).orElse(0L)
                        + rules.increment().micros();
                yield Math.min(price, Math.max(winner.floor(), own(next, winner.offer())));
            }
        };
    }

    private Optional<Contender> runnerUp(Contender winner, Filled filled) {
        for (Contender loser : filled.losers()) {
            boolean counts = rules.ownBids() == OwnBids.COUNTED
                    || !loser.offer().buyer().equals(winner.offer().buyer());
            if (counts && loser.first() == winner.first() && filled.canReplace(winner, loser)) {
                return Optional.of(loser);
            }
        }
        return Optional.empty();
    }

    /** An amount of the auction's currency in a bid's own. Where bids were compared there is a rate, unless the amount is beyond any price. */
    private long own(long micros, Offer offer) {
        OptionalLong amount = rules.rates().convert(micros, currency, offer.currency(), RoundingMode.HALF_EVEN);
        return amount.orElse(Rates.MOST_MICROS);
    }
}

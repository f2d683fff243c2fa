package millrace.upstream.openrtb.auction;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Judges offers: by the rules, by their floor, and by what they are worth in one currency. For one auction. */
final class Contenders {
    private final RequestTerms terms;
    private final AuctionRules rules;
    private final Outcome outcome;

    Contenders(RequestTerms terms, AuctionRules rules, Outcome outcome) {
        this.terms = terms;
        this.rules = rules;
        this.outcome = outcome;
    }

    /**
     * The currency in which bids are compared: their own where all have the same, so that nothing needs a rate that need not have one; else the
     * first that the request names.
     */
    String currency(List<Offer> offers) {
        Set<String> currencies = new TreeSet<>();
        for (Offer offer : offers) {
            if (!outcome.isLost(offer)) {
                currencies.add(offer.currency());
            }
        }
        return currencies.size() == 1 ? currencies.iterator().next() : terms.firstCurrency();
    }

    /** Those that passed, the best first; all others have lost. */
    List<Contender> of(List<Offer> offers, String currency) {
        List<Contender> contenders = new ArrayList<>();
        for (Offer offer : offers) {
            if (outcome.isLost(offer)) {
                continue;
            }
            Optional<Refusal> refusal = BidRules.refusal(offer, terms);
            if (refusal.isPresent()) {
                outcome.lose(offer, refusal.get());
            } else {
                contender(offer, currency).ifPresent(contenders::add);
            }
        }
        contenders.sort(Contender.BEST_FIRST);
        return contenders;
    }

    private Optional<Contender> contender(Offer offer, String currency) {
        Floor floor = Floor.of(offer);
        if (floor.micros().isEmpty()) {
            return lost(offer, floor.whenBelow(), "the floor depends on the duration, which nobody states");
        }
        OptionalLong least = floor.in(offer.currency(), rules.rates());
        if (least.isEmpty()) {
            return lost(offer, LossReason.NO_RATE, "no rate from " + floor.currency() + " to " + offer.currency());
        }
        if (offer.price() < least.getAsLong()) {
            return lost(offer, floor.whenBelow(), "the price is below the floor");
        }
        AuctionType type = AuctionType.of(offer.deal(), terms);
        boolean fixed = type == AuctionType.FIXED_PRICE && least.getAsLong() > 0;
        OptionalLong value = rules.rates()
                .convert(fixed ? least.getAsLong() : offer.price(), offer.currency(), currency, RoundingMode.HALF_EVEN);
        if (value.isEmpty()) {
            return lost(offer, LossReason.NO_RATE, "no rate from " + offer.currency() + " to " + currency);
        }
        return Optional.of(new Contender(
                offer,
                isFirst(offer),
                value.getAsLong(),
                least.getAsLong(),
                type == AuctionType.FIXED_PRICE && !fixed ? AuctionType.FIRST_PRICE : type,
                Draw.of(terms.id(), offer)));
    }

    private boolean isFirst(Offer offer) {
        return switch (rules.deals()) {
            case NONE -> false;
            case GUARANTEED ->
                offer.deal()
                        .filter(deal -> deal.guar() != null && deal.guar() == 1)
                        .isPresent();
            case ALL -> offer.deal().isPresent();
        };
    }

    private Optional<Contender> lost(Offer offer, LossReason reason, String words) {
        outcome.lose(offer, new Refusal(reason, words));
        return Optional.empty();
    }
}

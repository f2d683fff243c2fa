package millrace.upstream.openrtb.auction;

import java.util.List;
import java.util.Optional;

/** Everything that a bid must pass before its price counts, in order: the first that it does not pass is its loss reason. */
final class BidRules {
    /** One of them. */
    @FunctionalInterface
    interface BidRule {
        Optional<Refusal> refusal(Offer offer, RequestTerms terms);
    }

    private static final List<BidRule> RULES = List.of(
            SeatRules::seat,
            DealRules::deal,
            DealRules::seatOfDeal,
            FormatRules::wanted,
            CreativeRules::creativeId,
            CreativeRules::markup,
            AdvertiserRules::domain,
            AdvertiserRules::category,
            AdvertiserRules::bundle,
            DealRules::domainOfDeal,
            CreativeRules::language,
            CreativeRules::attributes,
            CreativeRules::bannerType,
            CreativeRules::secure,
            FormatRules::size,
            FormatRules::duration,
            FormatRules::frameworks);

    private BidRules() {}

    static Optional<Refusal> refusal(Offer offer, RequestTerms terms) {
        for (BidRule rule : RULES) {
            Optional<Refusal> refusal = rule.refusal(offer, terms);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    static Optional<Refusal> refuse(boolean refused, LossReason reason, String words) {
        return refused ? Optional.of(new Refusal(reason, words)) : Optional.empty();
    }
}

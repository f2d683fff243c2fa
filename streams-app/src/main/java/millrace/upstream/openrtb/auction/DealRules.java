package millrace.upstream.openrtb.auction;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.upstream.openrtb.model.Deal;

/** Deals of an impression (3.2.11, 3.2.12). */
final class DealRules {
    private DealRules() {}

    static Optional<Refusal> deal(Offer offer, RequestTerms terms) {
        String named = offer.bid().dealid();
        if (named != null && !named.isEmpty()) {
            return BidRules.refuse(
                    offer.deal().isEmpty(), LossReason.INVALID_DEAL, "the impression offers no deal of this id");
        }
        return BidRules.refuse(
                offer.imp().dealsOnly(), LossReason.INVALID_DEAL, "private auction, and the bid names no deal");
    }

    static Optional<Refusal> seatOfDeal(Offer offer, RequestTerms terms) {
        List<String> seats = offer.deal().map(Deal::wseat).orElse(List.of());
        return BidRules.refuse(
                !seats.isEmpty() && !seats.contains(offer.seat().orElse("")),
                LossReason.SEAT_BLOCKED,
                "seat is not in the deal's wseat");
    }

    static Optional<Refusal> domainOfDeal(Offer offer, RequestTerms terms) {
        List<String> allowed = offer.deal().map(Deal::wadomain).orElse(List.of());
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        List<String> domains = AdvertiserRules.domains(offer);
        if (domains.isEmpty()) {
            return Optional.of(new Refusal(
                    LossReason.INVALID_ADVERTISER_DOMAIN, "the deal has a wadomain, and the bid names no adomain"));
        }
        Set<String> lower = new HashSet<>();
        allowed.forEach(domain -> lower.add(domain.toLowerCase(Locale.ROOT)));
        return BidRules.refuse(
                !domains.stream().allMatch(domain -> Domains.isListed(domain, lower)),
                LossReason.NOT_ALLOWED_IN_DEAL,
                "an adomain is not in the deal's wadomain");
    }
}

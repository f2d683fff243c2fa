package millrace.upstream.openrtb.auction;

import java.util.List;
import java.util.Optional;

/** Whom and what the publisher does not want (3.2.1: badv, bcat, acat, bapp). */
final class AdvertiserRules {
    private AdvertiserRules() {}

    static List<String> domains(Offer offer) {
        List<String> domains = offer.bid().adomain();
        return domains == null ? List.of() : domains;
    }

    static Optional<Refusal> domain(Offer offer, RequestTerms terms) {
        if (terms.blockedDomains().isEmpty()) {
            return Optional.empty();
        }
        List<String> domains = domains(offer);
        if (domains.isEmpty()) {
            return Optional.of(new Refusal(
                    LossReason.INVALID_ADVERTISER_DOMAIN, "badv blocks advertisers, and the bid names no adomain"));
        }
        return BidRules.refuse(
                domains.stream().anyMatch(domain -> Domains.isListed(domain, terms.blockedDomains())),
                LossReason.ADVERTISER_EXCLUDED,
                "an adomain is in badv");
    }

    static Optional<Refusal> category(Offer offer, RequestTerms terms) {
        List<String> categories =
                offer.bid().cat() == null ? List.of() : offer.bid().cat();
        Integer stated = offer.bid().cattax();
        int taxonomy = stated == null ? Categories.USUAL_TAXONOMY : stated;
        boolean comparable = taxonomy == terms.taxonomy();
        if (!terms.allowedCategories().isEmpty()) {
            if (categories.isEmpty() || !comparable) {
                return Optional.of(new Refusal(
                        LossReason.MISSING_APPROVAL_FACTS,
                        "acat allows some categories, and the bid names none of that taxonomy"));
            }
            return BidRules.refuse(
                    !categories.stream().allMatch(cat -> Categories.isListed(cat, taxonomy, terms.allowedCategories())),
                    LossReason.CATEGORY_EXCLUDED,
                    "a category is not in acat");
        }
        return BidRules.refuse(
                comparable
                        && !terms.blockedCategories().isEmpty()
                        && categories.stream()
                                .anyMatch(cat -> Categories.isListed(cat, taxonomy, terms.blockedCategories())),
                LossReason.CATEGORY_EXCLUDED,
                "a category is in bcat");
    }

    static Optional<Refusal> bundle(Offer offer, RequestTerms terms) {
        String bundle = offer.bid().bundle();
        return BidRules.refuse(
                bundle != null && terms.blockedBundles().contains(bundle),
                LossReason.BUNDLE_EXCLUDED,
                "bundle is in bapp");
    }
}

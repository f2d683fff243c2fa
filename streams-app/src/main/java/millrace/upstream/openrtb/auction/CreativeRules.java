package millrace.upstream.openrtb.auction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import millrace.upstream.openrtb.model.Banner;
import millrace.upstream.openrtb.model.Bid;
import org.jspecify.annotations.Nullable;

/** What the creative is, and has. */
final class CreativeRules {
    private static final int SKIP_BUTTON = 16;
    private static final int SCRIPT = 3;
    private static final int FRAME = 4;

    private CreativeRules() {}

    static Optional<Refusal> creativeId(Offer offer, RequestTerms terms) {
        return BidRules.refuse(
                isEmpty(offer.bid().crid()), LossReason.MISSING_CREATIVE_ID, "crid is missing, and caps count by it");
    }

    static Optional<Refusal> markup(Offer offer, RequestTerms terms) {
        Bid bid = offer.bid();
        return BidRules.refuse(
                isEmpty(bid.adm()) && isEmpty(bid.nurl()) && isEmpty(bid.adid()),
                LossReason.MISSING_MARKUP,
                "no adm, no nurl and no adid");
    }

    static Optional<Refusal> language(Offer offer, RequestTerms terms) {
        if (terms.languages().isEmpty()) {
            return Optional.empty();
        }
        Bid bid = offer.bid();
        String language = isEmpty(bid.language()) ? bid.langb() : bid.language();
        return BidRules.refuse(
                language == null || !Languages.isListed(language, terms.languages()),
                LossReason.LANGUAGE_EXCLUDED,
                "the bid's language is not on the list of the request");
    }

    static Optional<Refusal> attributes(Offer offer, RequestTerms terms) {
        List<Integer> attributes = offer.bid().attr();
        if (attributes == null || attributes.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> blocked = offer.imp().blockedAttributes(offer.markup());
        for (Integer attribute : attributes) {
            if (blocked.contains(attribute)) {
                return Optional.of(
                        new Refusal(LossReason.ATTRIBUTE_EXCLUDED, "attribute " + attribute + " is in battr"));
            }
        }
        return BidRules.refuse(
                attributes.contains(SKIP_BUTTON)
                        && offer.timed().filter(TimedTerms::skipImposed).isPresent(),
                LossReason.ATTRIBUTE_EXCLUDED,
                "the player offers to skip, and the ad has a skip button of its own (attribute 16)");
    }

    /** Only scripts and frames can be told from the markup. */
    static Optional<Refusal> bannerType(Offer offer, RequestTerms terms) {
        Banner banner = offer.imp().imp().banner();
        String markup = offer.bid().adm();
        if (offer.markup() != MarkupType.BANNER || banner == null || banner.btype() == null || markup == null) {
            return Optional.empty();
        }
        String lower = markup.toLowerCase(Locale.ROOT);
        if (banner.btype().contains(SCRIPT) && lower.contains("<script")) {
            return Optional.of(new Refusal(LossReason.AD_TYPE_EXCLUDED, "the markup has a script, which btype blocks"));
        }
        return BidRules.refuse(
                banner.btype().contains(FRAME) && lower.contains("<iframe"),
                LossReason.AD_TYPE_EXCLUDED,
                "the markup has an iframe, which btype blocks");
    }

    static Optional<Refusal> secure(Offer offer, RequestTerms terms) {
        String markup = offer.bid().adm();
        String notice = isEmpty(markup) ? offer.bid().nurl() : null;
        return BidRules.refuse(
                offer.imp().secure()
                        && ((markup != null && InsecureAssets.isAnyIn(markup))
                                || (notice != null && InsecureAssets.isAnyIn(notice))),
                LossReason.NOT_SECURE,
                "the impression is secure, and the markup has an http:// asset");
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}

package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.model.Banner;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.Format;
import org.jspecify.annotations.Nullable;

/** Whether the ad fits where it is shown. */
final class FormatRules {
    private FormatRules() {}

    static Optional<Refusal> wanted(Offer offer, RequestTerms terms) {
        return BidRules.refuse(
                !offer.markup().isWantedBy(offer.imp().imp()),
                LossReason.WRONG_FORMAT,
                "the bid is " + offer.markup().word() + ", which the impression does not want");
    }

    /** A bid without a size fits: its markup knows. Only banners have a size of their own; players scale. */
    static Optional<Refusal> size(Offer offer, RequestTerms terms) {
        Banner banner = offer.imp().imp().banner();
        if (offer.markup() != MarkupType.BANNER || banner == null) {
            return Optional.empty();
        }
        List<Format> formats = new ArrayList<>(banner.format() == null ? List.of() : banner.format());
        if (banner.w() != null && banner.h() != null) {
            formats.add(new Format(banner.w(), banner.h(), null, null, null, null, Others.NONE));
        }
        return BidRules.refuse(
                !formats.isEmpty() && formats.stream().noneMatch(format -> fits(offer.bid(), format)),
                LossReason.SIZE_NOT_ALLOWED,
                "no size of the impression is " + offer.bid().w() + "x"
                        + offer.bid().h());
    }

    private static boolean fits(Bid bid, Format format) {
        if (format.wratio() != null && format.hratio() != null) {
            return isSameRatio(bid.wratio(), bid.hratio(), format.wratio(), format.hratio())
                    && isSameRatio(bid.w(), bid.h(), format.wratio(), format.hratio())
                    && (format.wmin() == null || bid.w() == null || bid.w() >= format.wmin());
        }
        return isSame(bid.w(), format.w()) && isSame(bid.h(), format.h());
    }

    private static boolean isSame(@Nullable Integer said, @Nullable Integer wanted) {
        return said == null || wanted == null || said == 0 || wanted == 0 || said.equals(wanted);
    }

    private static boolean isSameRatio(
            @Nullable Integer w, @Nullable Integer h, @Nullable Integer wratio, @Nullable Integer hratio) {
        return w == null || h == null || wratio == null || hratio == null || (long) w * hratio == (long) h * wratio;
    }

    static Optional<Refusal> duration(Offer offer, RequestTerms terms) {
        Integer seconds = offer.bid().dur();
        Optional<TimedTerms> timed = offer.timed();
        if (seconds == null || timed.isEmpty()) {
            return Optional.empty();
        }
        return BidRules.refuse(
                !allows(timed.get(), seconds),
                LossReason.WRONG_FORMAT,
                seconds + " seconds are not a duration that the impression allows");
    }

    private static boolean allows(TimedTerms terms, int seconds) {
        if (!terms.exact().isEmpty()) {
            return terms.exact().contains(seconds);
        }
        boolean shortEnough = terms.extended() < 0
                || terms.most().isEmpty()
                || seconds <= (long) terms.most().getAsInt() + terms.extended();
        boolean fitsPod =
                terms.podSeconds().isEmpty() || seconds <= terms.podSeconds().getAsInt();
        return seconds >= terms.least() && shortEnough && fitsPod;
    }

    /** What the bid says that it needs, where the impression says what it has. */
    static Optional<Refusal> frameworks(Offer offer, RequestTerms terms) {
        Optional<TimedTerms> timed = offer.timed();
        Integer protocol = offer.bid().protocol();
        if (timed.isPresent() && protocol != null) {
            List<Integer> known = timed.get().protocols();
            if (!known.isEmpty() && !known.contains(protocol)) {
                return Optional.of(
                        new Refusal(LossReason.WRONG_FORMAT, "protocol " + protocol + " is not in protocols"));
            }
        }
        List<Integer> needed = offer.bid().apis();
        List<Integer> offered = apis(offer);
        return BidRules.refuse(
                needed != null
                        && !needed.isEmpty()
                        && !offered.isEmpty()
                        && needed.stream().noneMatch(offered::contains),
                LossReason.WRONG_FORMAT,
                "none of the bid's apis is in api");
    }

    private static List<Integer> apis(Offer offer) {
        if (offer.timed().isPresent()) {
            return offer.timed().get().apis();
        }
        Banner banner = offer.imp().imp().banner();
        return offer.markup() == MarkupType.BANNER && banner != null && banner.api() != null ? banner.api() : List.of();
    }
}

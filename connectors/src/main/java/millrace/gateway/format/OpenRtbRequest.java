package millrace.gateway.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import millrace.check.Faults;
import millrace.schemas.AdRequest;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.Slot;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.Imp;
import millrace.upstream.openrtb.model.Pmp;
import org.jspecify.annotations.Nullable;

/**
 * A bid request as our own: each impression a slot, its tag the placement. What selection, caps and our documents look at is taken over field by field;
 * bidders of ours get the message as it came ({@code AdRequest.openrtb}).
 */
final class OpenRtbRequest {
    private static final int MOST_IMPRESSIONS = 50;

    private final BidRequest bids;
    private final Faults faults;

    OpenRtbRequest(BidRequest bids, Faults faults) {
        this.bids = bids;
        this.faults = faults;
    }

    /** Without its times. */
    AdRequest.Builder request() {
        List<Imp> imps = list(bids.imp());
        faults.require(
                imps.size() <= MOST_IMPRESSIONS,
                "imp",
                "has " + imps.size() + " entries; allowed are " + MOST_IMPRESSIONS);
        AdRequest.Builder request = AdRequest.newBuilder()
                .setId(Objects.requireNonNullElse(bids.id(), ""))
                .setPlacement(placement(imps))
                .setSlots(slots(imps))
                .setUser(OpenRtbPeople.user(bids.user()))
                .setDevice(OpenRtbPeople.device(bids.device()))
                .setConsent(OpenRtbPeople.consent(bids.regs(), bids.user()))
                .setSite(OpenRtbPlaces.site(bids.site()))
                .setApp(OpenRtbPlaces.app(bids.app()))
                .setContent(OpenRtbPlaces.content(bids))
                .setSource(OpenRtbPlaces.source(bids.source()))
                // One answer has one currency (4.2.1), so it is asked for in one.
                .setCurrencies(list(bids.cur()).stream().limit(1).toList())
                .setAuctionType(bids.at())
                .setAllowedSeats(list(bids.wseat()))
                .setBlockedSeats(list(bids.bseat()))
                .setAllowedLanguages(list(bids.wlang()))
                .setBlockedCategories(list(bids.bcat()))
                .setAllowedCategories(list(bids.acat()))
                .setCategoryTaxonomy(bids.cattax())
                .setBlockedAdvertisers(list(bids.badv()))
                .setBlockedApps(list(bids.bapp()))
                .setTest(Integer.valueOf(1).equals(bids.test()))
                .setMarkup(AnswerMarkup.VAST);
        deals(imps, request);
        return request;
    }

    private List<Slot> slots(List<Imp> imps) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < Math.min(imps.size(), MOST_IMPRESSIONS); i++) {
            slots.add(new OpenRtbImpression(imps.get(i), faults.in("imp", i)).slot());
        }
        return slots;
    }

    /** One for all impressions: our requests have one placement, whose caps and house ad hold for them. */
    private String placement(List<Imp> imps) {
        Set<String> tags = new TreeSet<>();
        imps.forEach(imp -> Optional.ofNullable(imp.tagid()).ifPresent(tags::add));
        faults.require(!tags.isEmpty(), "imp[0].tagid", "is missing; it names the placement");
        faults.require(
                tags.size() <= 1,
                "imp.tagid",
                "has " + tags.size() + " values; allowed is one in a request: send one request for each placement");
        return tags.isEmpty() ? "" : tags.iterator().next();
    }

    private void deals(List<Imp> imps, AdRequest.Builder request) {
        List<millrace.schemas.Deal> deals = new ArrayList<>();
        boolean closed = false;
        for (Imp imp : imps) {
            Pmp market = imp.pmp();
            if (market != null) {
                closed |= Integer.valueOf(1).equals(market.private_auction());
                list(market.deals()).forEach(deal -> deals.add(OpenRtbImpression.deal(deal, imp, faults)));
            }
        }
        request.setDeals(deals);
        request.setPrivateAuction(closed ? 1 : null);
    }

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }
}

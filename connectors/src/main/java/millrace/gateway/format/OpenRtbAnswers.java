package millrace.gateway.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Slot;
import millrace.schemas.SlotAnswer;
import millrace.schemas.SlotKind;
import millrace.schemas.Tracker;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.SeatBid;
import org.jspecify.annotations.Nullable;

/**
 * Our answer as bids (OpenRTB 2.6, 4.2): an ad with markup is a bid, its token the bid's id. All are in the first ad's currency, as an answer has one. An ad
 * that is no VAST has no beacon of ours in its markup, so the bid's burl is that.
 */
final class OpenRtbAnswers {
    private static final Shape<BidResponse> RESPONSE = Shape.of(BidResponse.class);
    private static final Shape<SeatBid> SEAT = Shape.of(SeatBid.class);
    private static final Shape<Bid> BID = Shape.of(Bid.class);
    private static final String OUR_SEAT = "millrace";
    private static final int MICROS = 6;
    private static final int BANNER = 1;
    private static final int VIDEO = 2;
    private static final int AUDIO = 3;
    private static final int NATIVE = 4;

    /** Without a seat when there is no bid. */
    BidResponse of(AdRequest request, AdResponse answer) {
        Map<String, Slot> slots = request.getSlots().stream()
                .collect(Collectors.toMap(Slot::getId, Function.identity(), (first, again) -> first));
        List<Bid> bids = new ArrayList<>();
        String currency = "";
        for (SlotAnswer slot : answer.getSlots()) {
            for (Ad ad : slot.getAds()) {
                boolean fits = currency.isEmpty() || currency.equals(ad.getCurrency());
                Slot asked = slots.get(slot.getSlotId());
                if (ad.getMarkup() != null && fits && asked != null) {
                    currency = ad.getCurrency();
                    bids.add(bid(asked, ad, answer.getDecidedAt()));
                }
            }
        }
        return bids.isEmpty()
                ? RESPONSE.draft().set("id", request.getId()).make()
                : RESPONSE.draft()
                        .set("id", request.getId())
                        .set("cur", currency)
                        .set(
                                "seatbid",
                                List.of(SEAT.draft()
                                        .set("seat", OUR_SEAT)
                                        .set("bid", bids)
                                        .make()))
                        .make();
    }

    private static Bid bid(Slot slot, Ad ad, long decidedAt) {
        String markup = Optional.ofNullable(ad.getMarkup()).orElse("");
        int type = type(slot.getKind(), markup);
        return BID.draft()
                .set("id", ad.getToken())
                .set("impid", slot.getId())
                .set("price", price(ad.getPriceCpmMicros()))
                .set("adm", markup)
                .set("burl", type == BANNER || type == NATIVE ? beacon(ad) : null)
                .set("adid", ad.getAdId())
                .set("adomain", ad.getAdvertiser() == null ? null : List.of(ad.getAdvertiser()))
                .set("cid", ad.getCampaign())
                .set("crid", ad.getCreative())
                .set("cat", ad.getCategories().isEmpty() ? null : ad.getCategories())
                .set("dur", ad.getDurationMillis() == null ? null : Math.ceilDiv(ad.getDurationMillis(), 1000))
                .set("exp", Math.clamp((ad.getExpiresAt() - decidedAt) / 1000, 0, Integer.MAX_VALUE))
                .set("mtype", type)
                .make();
    }

    private static int type(SlotKind kind, String markup) {
        return switch (kind) {
            case VIDEO -> VIDEO;
            case AUDIO -> AUDIO;
            case NATIVE -> NATIVE;
            case BANNER -> Vast.is(markup) ? VIDEO : BANNER;
        };
    }

    private static @Nullable String beacon(Ad ad) {
        return ad.getTrackers().stream()
                .filter(tracker -> tracker.getEvent().equals("impression"))
                .map(Tracker::getUrl)
                .filter(url -> url.contains(ad.getToken()))
                .findFirst()
                .orElse(null);
    }

    private static BigDecimal price(long micros) {
        BigDecimal price = BigDecimal.valueOf(micros, MICROS).stripTrailingZeros();
        return price.scale() < 0 ? price.setScale(0) : price;
    }
}

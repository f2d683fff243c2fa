package millrace.upstream.openrtb.request;

import java.util.List;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import millrace.upstream.openrtb.json.Draft;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Banner;
import millrace.upstream.openrtb.model.Deal;
import millrace.upstream.openrtb.model.Format;
import millrace.upstream.openrtb.model.Imp;
import millrace.upstream.openrtb.model.Native;
import millrace.upstream.openrtb.model.Pmp;
import org.jspecify.annotations.Nullable;

/** A slot as an impression (OpenRTB 2.6, 3.2.4), with its floor and the deals on offer. Its id is the slot's. */
final class ImpObject {
    private static final Shape<Imp> IMP = Shape.of(Imp.class);
    private static final Shape<Banner> BANNER = Shape.of(Banner.class);
    private static final Shape<Format> FORMAT = Shape.of(Format.class);
    private static final Shape<Native> NATIVE = Shape.of(Native.class);
    private static final Shape<Pmp> PMP = Shape.of(Pmp.class);
    private static final Shape<Deal> DEAL = Shape.of(Deal.class);
    private static final String NATIVE_VERSION = "1.2";

    private ImpObject() {}

    static Imp of(AdRequest request, Slot slot, Placement placement) {
        ImpFloor floor = ImpFloor.of(request, slot, placement);
        Draft<Imp> imp = IMP.draft()
                .set("id", slot.getId())
                .set("pmp", pmp(request, slot, placement))
                .set("tagid", slot.getTagId() == null ? placement.id() : slot.getTagId())
                .set("bidfloor", Written.price(floor.micros()))
                .set("bidfloorcur", floor.currency())
                .set("secure", slot.getSecure())
                .set("rwdd", slot.getRewarded())
                .set("exp", slot.getExpirySeconds())
                .set("ext", Written.ext(slot.getExt()));
        return media(imp, request, slot).make();
    }

    private static Draft<Imp> media(Draft<Imp> imp, AdRequest request, Slot slot) {
        return switch (slot.getKind()) {
            case VIDEO -> imp.set("video", TimedMedia.video(slot, request.getPlayer()));
            case AUDIO -> imp.set("audio", TimedMedia.audio(slot));
            case BANNER -> imp.set("banner", banner(slot));
            case NATIVE -> imp.set("native", nativeAd(slot));
        };
    }

    private static Banner banner(Slot slot) {
        return BANNER.draft()
                .set("format", Written.list(formats(slot)))
                .set("w", slot.getWidth())
                .set("h", slot.getHeight())
                .set("battr", Written.list(slot.getBlockedAttributes()))
                .set("pos", slot.getPosition())
                .set("mimes", Written.list(slot.getMimes()))
                .set("api", Written.list(slot.getApis()))
                .make();
    }

    private static List<Format> formats(Slot slot) {
        return slot.getFormats().stream()
                .map(format -> FORMAT.draft()
                        .set("w", format.getWidth())
                        .set("h", format.getHeight())
                        .make())
                .toList();
    }

    private static Native nativeAd(Slot slot) {
        return NATIVE.draft()
                .set("request", slot.getNativeRequest())
                .set("ver", NATIVE_VERSION)
                .set("api", Written.list(slot.getApis()))
                .set("battr", Written.list(slot.getBlockedAttributes()))
                .make();
    }

    private static @Nullable Pmp pmp(AdRequest request, Slot slot, Placement placement) {
        List<Deal> deals = request.getDeals().stream()
                .filter(deal -> deal.getSlotId() == null || deal.getSlotId().equals(slot.getId()))
                .map(deal -> deal(deal, ImpFloor.first(request, placement)))
                .toList();
        return deals.isEmpty() && request.getPrivateAuction() == null
                ? null
                : PMP.draft()
                        .set("private_auction", request.getPrivateAuction())
                        .set("deals", Written.list(deals))
                        .make();
    }

    /** Its currency does not come from the impression's, so it is always said (3.2.12). */
    private static Deal deal(millrace.schemas.Deal deal, String currency) {
        return DEAL.draft()
                .set("id", deal.getId())
                .set("bidfloor", Written.price(Math.max(0, deal.getFloorCpmMicros())))
                .set("bidfloorcur", deal.getCurrency() == null ? currency : deal.getCurrency())
                .set("at", deal.getAuctionType())
                .set("wseat", Written.list(deal.getSeats()))
                .set("wadomain", Written.list(deal.getAdvertiserDomains()))
                .set("guar", deal.getGuaranteed() ? 1 : null)
                .make();
    }
}

package millrace.upstream.openrtb.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import millrace.catalog.Placement;
import millrace.check.Checked;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import millrace.session.SessionContext;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Draft;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.Imp;

/**
 * Makes the question to bidders of a request of ours: the entrance of this package. Pure; the same request gives the same question, so that one
 * that is asked again after a crash is no other.
 *
 * <p>A request that brings one of OpenRTB's itself is passed on with our changes only: impressions that are none of its slots go, what may not be told
 * of the viewer goes, our node comes into the supply chain, and what was not said is: currencies, kind of auction, test. One that cannot be read is made of the
 * fields instead.
 */
public final class BidRequests {
    private static final Shape<BidRequest> REQUEST = Shape.of(BidRequest.class);

    private final OpenRtb messages = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);
    private final RequestTerms terms;

    public BidRequests(RequestTerms terms) {
        this.terms = terms;
    }

    /** @param slots what is to be filled, at least one */
    public Asked of(AdRequest request, SessionContext context, Placement placement, List<Slot> slots) {
        return raw(request)
                .flatMap(raw -> passedOn(raw, request, context, placement, slots))
                .orElseGet(() -> made(request, context, placement, slots));
    }

    /**
     * One bidder's own question.
     *
     * @param vendor its number on the Global Vendor List, where it says one
     * @param buyerId how it knows the user; told only where that is allowed
     * @param left time for the whole call, both ways (7.4)
     */
    public static BidRequest forBidder(Asked asked, OptionalInt vendor, Optional<String> buyerId, Duration left) {
        BidRequest all = asked.request();
        Draft<BidRequest> own = REQUEST.draft(all).set("tmax", (int) left.toMillis());
        if (asked.mayIdentifyTo(vendor)) {
            buyerId.ifPresent(id -> own.set("user", UserObject.withBuyerId(all.user(), id)));
        } else if (asked.mayIdentify()) {
            own.set("device", DeviceObject.veiled(all.device(), Privacy.VEILED))
                    .set("user", all.user() == null ? null : UserObject.veiled(all.user(), Privacy.VEILED));
        }
        return own.make();
    }

    private Asked made(AdRequest request, SessionContext context, Placement placement, List<Slot> slots) {
        Privacy privacy = Privacy.of(request);
        Draft<BidRequest> draft = REQUEST.draft()
                .set("id", request.getId())
                .set(
                        "imp",
                        slots.stream()
                                .map(slot -> ImpObject.of(request, slot, placement))
                                .toList())
                .set("device", DeviceObject.of(request.getDevice(), context, privacy))
                .set("user", UserObject.of(request.getUser(), request.getConsent(), context, privacy))
                .set("wseat", Written.list(request.getAllowedSeats()))
                .set("bseat", request.getAllowedSeats().isEmpty() ? Written.list(request.getBlockedSeats()) : null)
                .set("wlang", Written.list(request.getAllowedLanguages()))
                .set("bcat", Written.list(request.getBlockedCategories()))
                .set(
                        "acat",
                        request.getBlockedCategories().isEmpty() ? Written.list(request.getAllowedCategories()) : null)
                .set("cattax", request.getCategoryTaxonomy())
                .set("badv", Written.list(request.getBlockedAdvertisers()))
                .set("bapp", Written.list(request.getBlockedApps()))
                .set("source", SupplyPath.of(request.getSource(), context, terms.node()))
                .set("regs", Laws.of(request.getConsent()));
        Distribution.into(draft, request, context);
        Map<String, String> byImpression = new HashMap<>();
        slots.forEach(slot -> byImpression.put(slot.getId(), slot.getId()));
        return new Asked(
                completed(draft.make(), request, placement), byImpression, privacy.mayIdentify(), privacy.consents());
    }

    private Optional<BidRequest> raw(AdRequest request) {
        return Optional.ofNullable(request.getOpenrtb())
                .map(text -> messages.requests().check(text.getBytes(StandardCharsets.UTF_8)))
                .flatMap(checked -> switch (checked) {
                    case Checked.Valid<BidRequest>(BidRequest raw) -> Optional.of(raw);
                    case Checked.Invalid<BidRequest> faulty -> Optional.empty();
                });
    }

    /** Nothing when no impression is one of the slots. */
    private Optional<Asked> passedOn(
            BidRequest raw, AdRequest request, SessionContext context, Placement placement, List<Slot> slots) {
        List<Imp> all = raw.imp() == null ? List.of() : raw.imp();
        Map<String, String> byImpression = new HashMap<>();
        if (request.getSlots().isEmpty() && slots.size() == 1 && all.size() == 1) {
            byImpression.put(idOf(all.getFirst()), slots.getFirst().getId());
        } else {
            all.stream()
                    .map(BidRequests::idOf)
                    .filter(id -> slots.stream().anyMatch(slot -> slot.getId().equals(id)))
                    .forEach(id -> byImpression.put(id, id));
        }
        List<Imp> asked =
                all.stream().filter(imp -> byImpression.containsKey(idOf(imp))).toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Privacy privacy = Privacy.of(request).and(Privacy.of(raw));
        BidRequest ours = REQUEST.draft(raw)
                .set("imp", asked)
                .set("device", DeviceObject.veiled(raw.device(), privacy))
                .set("user", raw.user() == null ? null : UserObject.veiled(raw.user(), privacy))
                .set("source", SupplyPath.continued(raw.source(), context, terms.node()))
                .make();
        return Optional.of(new Asked(
                completed(ours, request, placement), byImpression, privacy.mayIdentify(), privacy.consents()));
    }

    /** What an auction needs to be said. */
    private BidRequest completed(BidRequest request, AdRequest from, Placement placement) {
        Draft<BidRequest> draft = REQUEST.draft(request);
        if (request.at() == null) {
            draft.set("at", from.getAuctionType() == null ? terms.auctionType() : from.getAuctionType());
        }
        if (request.cur() == null || request.cur().isEmpty()) {
            draft.set("cur", from.getCurrencies().isEmpty() ? List.of(placement.currency()) : from.getCurrencies());
        }
        if (from.getTest()) {
            draft.set("test", 1);
        }
        return draft.make();
    }

    private static String idOf(Imp imp) {
        return imp.id() == null ? "" : imp.id();
    }
}

package millrace.upstream.openrtb.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import millrace.upstream.openrtb.model.BidRequest;

/**
 * A request as all bidders are asked it, but for what is each bidder's own.
 *
 * @param request without {@code tmax} and {@code user.buyeruid}
 * @param slots ids of slots by that of their impression
 * @param mayIdentify whether any bidder may be told who the user is
 * @param consents each of which must allow a bidder to be told it
 */
public record Asked(BidRequest request, Map<String, String> slots, boolean mayIdentify, List<TcfConsent> consents) {
    public Asked {
        slots = Map.copyOf(slots);
        consents = List.copyOf(consents);
    }

    /** The slot that an impression stands for. */
    public Optional<String> slot(String impression) {
        return Optional.ofNullable(slots.get(impression));
    }

    /** Whether there is nothing in its question that is one bidder's own, but for the time. */
    public boolean isOfAll(OptionalInt vendor, Optional<String> buyerId) {
        return mayIdentifyTo(vendor) ? buyerId.isEmpty() : !mayIdentify;
    }

    /** @param vendor the bidder on the Global Vendor List; who says no number is taken for one that was asked about */
    boolean mayIdentifyTo(OptionalInt vendor) {
        return mayIdentify
                && (vendor.isEmpty() || consents.stream().allMatch(consent -> consent.allows(vendor.getAsInt())));
    }
}

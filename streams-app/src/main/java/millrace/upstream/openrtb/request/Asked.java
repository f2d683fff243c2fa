package millrace.upstream.openrtb.request;

import java.util.Map;
import java.util.Optional;
import millrace.upstream.openrtb.model.BidRequest;

/**
 * A request as all bidders are asked it, but for what is each bidder's own.
 *
 * @param request without {@code tmax} and {@code user.buyeruid}
 * @param slots ids of slots by that of their impression
 * @param mayIdentify whether a bidder may be told its own id of the user
 */
public record Asked(BidRequest request, Map<String, String> slots, boolean mayIdentify) {
    public Asked {
        slots = Map.copyOf(slots);
    }

    /** The slot that an impression stands for. */
    public Optional<String> slot(String impression) {
        return Optional.ofNullable(slots.get(impression));
    }
}

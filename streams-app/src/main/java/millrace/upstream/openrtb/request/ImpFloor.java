package millrace.upstream.openrtb.request;

import java.util.Optional;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/**
 * The lowest price of an impression: the slot's own, else the request's, else the placement's. The nearest counts, as it does for campaigns.
 *
 * @param micros of {@code currency} for a thousand
 */
record ImpFloor(long micros, String currency) {

    static ImpFloor of(AdRequest request, Slot slot, Placement placement) {
        String first = first(request, placement);
        Long own = slot.getFloorCpmMicros();
        if (own != null) {
            return new ImpFloor(
                    Math.max(0, own),
                    Optional.ofNullable(slot.getFloorCurrency()).orElse(first));
        }
        Long common = request.getFloorCpmMicros();
        return common == null
                ? new ImpFloor(placement.floor().micros(), placement.currency())
                : new ImpFloor(Math.max(0, common), first);
    }

    /** What prices are in where nothing says otherwise. */
    static String first(AdRequest request, Placement placement) {
        return request.getCurrencies().isEmpty()
                ? placement.currency()
                : request.getCurrencies().getFirst();
    }
}

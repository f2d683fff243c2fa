package millrace.selection;

import java.util.Optional;
import millrace.catalog.Placement;
import millrace.money.Cpm;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/** The lowest price of a slot. A price that equals it passes. */
record Floor(Cpm price, String currency) {

    /** The slot's own, else the request's, else the placement's: the nearest counts, not the highest. */
    static Floor of(AdRequest request, Slot slot, Placement placement) {
        String first = request.getCurrencies().isEmpty()
                ? placement.currency()
                : request.getCurrencies().getFirst();
        if (slot.getFloorCpmMicros() != null) {
            String own = Optional.ofNullable(slot.getFloorCurrency()).orElse(first);
            return new Floor(cpm(slot.getFloorCpmMicros()), own);
        }
        if (request.getFloorCpmMicros() != null) {
            return new Floor(cpm(request.getFloorCpmMicros()), first);
        }
        return new Floor(placement.floor(), placement.currency());
    }

    /** A floor of nothing is met in every currency, another one only in its own. */
    boolean comparesWith(String other) {
        return price.micros() == 0 || currency.equalsIgnoreCase(other);
    }

    boolean isMetBy(Cpm offered) {
        return offered.compareTo(price) >= 0;
    }

    /** Intake refuses a negative floor; one that came all the same is none. */
    private static Cpm cpm(long micros) {
        return new Cpm(Math.max(0, micros));
    }
}

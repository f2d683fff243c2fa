package millrace.upstream.openrtb.auction;

import java.util.Optional;

/** Who may buy. */
final class SeatRules {
    private SeatRules() {}

    static Optional<Refusal> seat(Offer offer, RequestTerms terms) {
        String seat = offer.seat().orElse("");
        if (!terms.allowedSeats().isEmpty() && !terms.allowedSeats().contains(seat)) {
            return Optional.of(new Refusal(
                    LossReason.SEAT_BLOCKED,
                    seat.isEmpty() ? "wseat allows some seats, and the bid names none" : "seat is not in wseat"));
        }
        return BidRules.refuse(terms.blockedSeats().contains(seat), LossReason.SEAT_BLOCKED, "seat is in bseat");
    }
}

package millrace.upstream.openrtb.auction;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import millrace.money.Rates;
import millrace.upstream.openrtb.model.Deal;
import millrace.upstream.openrtb.model.DurFloors;
import org.jspecify.annotations.Nullable;

/**
 * The lowest price for one bid (7.11): the deal's; else that of the video or audio; else the impression's.
 *
 * @param micros empty when it depends on a duration that nobody knows
 */
record Floor(OptionalLong micros, String currency, LossReason whenBelow) {

    static Floor of(Offer offer) {
        Optional<Floor> ofDeal = offer.deal().flatMap(deal -> ofDeal(deal, offer.seconds()));
        if (ofDeal.isPresent()) {
            return ofDeal.get();
        }
        ImpTerms imp = offer.imp();
        return new Floor(
                offer.timed()
                        .flatMap(timed -> byDuration(timed.perSecond(), timed.durationFloors(), offer.seconds()))
                        .orElseGet(() -> OptionalLong.of(Micros.of(imp.floor()))),
                imp.floorCurrency(),
                LossReason.BELOW_FLOOR);
    }

    private static Optional<Floor> ofDeal(Deal deal, OptionalInt seconds) {
        String currency = deal.bidfloorcur() == null ? Currencies.USUAL : deal.bidfloorcur();
        List<DurFloors> durations = deal.durfloors() == null ? List.of() : deal.durfloors();
        BigDecimal flat = deal.bidfloor();
        return byDuration(deal.mincpmpersec(), durations, seconds)
                .or(() -> flat == null || flat.signum() == 0
                        ? Optional.empty()
                        : Optional.of(OptionalLong.of(Micros.of(flat))))
                .map(micros -> new Floor(micros, currency, LossReason.BELOW_DEAL_FLOOR));
    }

    /** Empty when no floor by duration is stated, or none for this duration. Of ranges that overlap, the highest floor holds. */
    private static Optional<OptionalLong> byDuration(
            @Nullable BigDecimal perSecond, List<DurFloors> durations, OptionalInt seconds) {
        boolean stated = (perSecond != null && perSecond.signum() > 0) || !durations.isEmpty();
        if (!stated) {
            return Optional.empty();
        }
        if (seconds.isEmpty()) {
            return Optional.of(OptionalLong.empty());
        }
        if (perSecond != null && perSecond.signum() > 0) {
            return Optional.of(OptionalLong.of(Micros.of(perSecond.multiply(BigDecimal.valueOf(seconds.getAsInt())))));
        }
        return durations.stream()
                .filter(floor -> holds(floor, seconds.getAsInt()))
                .map(floor -> floor.bidfloor() == null ? BigDecimal.ZERO : floor.bidfloor())
                .max(BigDecimal::compareTo)
                .map(floor -> OptionalLong.of(Micros.of(floor)));
    }

    private static boolean holds(DurFloors floor, int seconds) {
        return (floor.mindur() == null || seconds >= floor.mindur())
                && (floor.maxdur() == null || seconds <= floor.maxdur());
    }

    /** In another currency, to the nearest millionth, so that what equals it still does. Nothing is nothing in every currency. */
    OptionalLong in(String other, Rates rates) {
        return micros.isPresent() && micros.getAsLong() > 0
                ? rates.convert(micros.getAsLong(), currency, other, RoundingMode.HALF_EVEN)
                : micros;
    }
}

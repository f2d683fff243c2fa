package millrace.upstream.openrtb.auction;

import java.math.BigDecimal;
import java.math.RoundingMode;
import millrace.money.Rates;

/** Prices as they come, in millionths: what is smaller is cut, on both sides of a comparison. */
final class Micros {
    private static final int DIGITS = 6;

    private Micros() {}

    /** @return at most {@link Rates#MOST_MICROS} and one, which is no price */
    static long of(BigDecimal amount) {
        BigDecimal micros = amount.movePointRight(DIGITS).setScale(0, RoundingMode.DOWN);
        return micros.min(BigDecimal.valueOf(Rates.MOST_MICROS + 1)).longValueExact();
    }
}

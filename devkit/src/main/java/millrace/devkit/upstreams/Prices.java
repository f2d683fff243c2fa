package millrace.devkit.upstreams;

import java.math.BigDecimal;
import millrace.money.Cpm;

/** Prices as the protocols write them: decimal units per thousand. */
final class Prices {

    private Prices() {}

    static BigDecimal decimal(Cpm price) {
        return BigDecimal.valueOf(price.micros(), 6).stripTrailingZeros();
    }

    static String text(Cpm price) {
        return decimal(price).toPlainString();
    }
}

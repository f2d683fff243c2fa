package millrace.devkit.demo;

import java.math.BigDecimal;

/** Amounts of money for people: at least two places, and as many as there are. */
final class Amounts {
    private static final int PLACES = 2;

    private Amounts() {}

    static String cpm(long micros) {
        return text(BigDecimal.valueOf(micros, 6));
    }

    static String nanos(long nanos) {
        return text(BigDecimal.valueOf(nanos, 9));
    }

    private static String text(BigDecimal amount) {
        BigDecimal shortest = amount.stripTrailingZeros();
        return (shortest.scale() < PLACES ? amount.setScale(PLACES) : shortest).toPlainString();
    }
}

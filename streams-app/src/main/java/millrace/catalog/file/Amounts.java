package millrace.catalog.file;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import millrace.catalog.CatalogReader;

/** Amounts of money as people write them, in units of the currency: {@code 2.50}. Exact or refused; never a double. */
final class Amounts {
    /** No exponent: {@code 1e999999999} would be a number of a gigabyte. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");

    private static final int MICRO_DECIMALS = 6;
    private static final int NANO_DECIMALS = 9;

    private Amounts() {}

    /** @throws IllegalArgumentException saying what is wanted */
    static long cpmMicros(String text) {
        return scaled(text, MICRO_DECIMALS, CatalogReader.MAX_CPM_MICROS);
    }

    /** @throws IllegalArgumentException saying what is wanted */
    static long budgetNanos(String text) {
        return scaled(text, NANO_DECIMALS, CatalogReader.MAX_BUDGET_NANOS);
    }

    private static long scaled(String text, int decimals, long most) {
        BigDecimal limit = BigDecimal.valueOf(most, decimals);
        String wanted = "an amount from 0 to " + limit.stripTrailingZeros().toPlainString() + " with at most "
                + decimals + " decimals is wanted, such as 2.50";
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("is '" + shortened(text) + "'; " + wanted);
        }
        BigDecimal amount = new BigDecimal(text);
        if (amount.compareTo(limit) > 0 || amount.stripTrailingZeros().scale() > decimals) {
            throw new IllegalArgumentException("is " + text + "; " + wanted);
        }
        return amount.movePointRight(decimals).longValueExact();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}

package millrace.catalog;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import millrace.check.Checked;
import millrace.check.Faults;

/** Reads the rates of one currency. */
public final class RateReader {
    /** No exponent: {@code 1e999999999} would be a number of a gigabyte. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");

    private static final int MAX_RATES = 500;

    private RateReader() {}

    public static Checked<CurrencyRates> read(millrace.schemas.CurrencyRates from) {
        Faults faults = new Faults();
        new Words(faults).currency("currency", from.getCurrency());
        faults.range("rates", from.getRates().size(), 1, MAX_RATES);
        Faults inside = faults.in("rates");
        Words words = new Words(inside);
        Map<String, BigDecimal> rates = new HashMap<>();
        from.getRates().forEach((to, rate) -> {
            words.currency(to, to);
            inside.require(!to.equals(from.getCurrency()), to, "is the currency itself");
            if (DECIMAL.matcher(rate).matches() && new BigDecimal(rate).signum() > 0) {
                rates.put(to, new BigDecimal(rate));
            } else {
                inside.add(
                        to,
                        "is '" + Words.shown(rate)
                                + "'; a number above 0 is wanted, with at most 15 digits on each side of its point, such as 1.10");
            }
        });
        return faults.orValid(() -> new CurrencyRates(from.getCurrency(), rates));
    }
}

package millrace.catalog;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What one unit of a currency is worth.
 *
 * @param currency ISO 4217
 * @param rates by the other currency; above 0
 */
public record CurrencyRates(String currency, Map<String, BigDecimal> rates) {
    public CurrencyRates {
        rates = Map.copyOf(rates);
    }
}

package millrace.upstream.openrtb.auction;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one unit of a currency is worth in others. A pair that is not there is taken from its reverse, or else over one third currency, the first
 * by name.
 *
 * @param conversions from, to, rate
 */
public record Rates(Map<String, Map<String, BigDecimal>> conversions) {
    public static final Rates NONE = new Rates(Map.of());
    /** Beyond it no amount is taken for a price. */
    static final long MOST_MICROS = 1_000_000_000_000_000L;

    public Rates {
        Map<String, Map<String, BigDecimal>> copy = new TreeMap<>();
        conversions.forEach((from, rates) -> {
            rates.forEach((to, rate) -> {
                if (rate.signum() <= 0) {
                    throw new IllegalArgumentException(
                            "rate from " + from + " to " + to + " is " + rate + "; it must be more than 0");
                }
            });
            copy.put(from, new TreeMap<>(rates));
        });
        conversions = copy;
    }

    public Optional<BigDecimal> rate(String from, String to) {
        return from.equals(to) ? Optional.of(BigDecimal.ONE) : direct(from, to).or(() -> overAThird(from, to));
    }

    /**
     * Millionths of one currency in another, cut to whole ones. Exact for one currency.
     *
     * @return empty without a rate, and beyond any price
     */
    OptionalLong convert(long micros, String from, String to, RoundingMode rounding) {
        if (from.equals(to)) {
            return OptionalLong.of(micros);
        }
        return rate(from, to)
                .map(rate -> rate.multiply(BigDecimal.valueOf(micros)).setScale(0, rounding))
                .filter(amount -> amount.compareTo(BigDecimal.valueOf(MOST_MICROS)) <= 0)
                .map(amount -> OptionalLong.of(amount.longValueExact()))
                .orElse(OptionalLong.empty());
    }

    private Optional<BigDecimal> direct(String from, String to) {
        return stated(from, to)
                .or(() -> stated(to, from).map(rate -> BigDecimal.ONE.divide(rate, MathContext.DECIMAL64)));
    }

    private Optional<BigDecimal> stated(String from, String to) {
        return Optional.ofNullable(conversions.getOrDefault(from, Map.of()).get(to));
    }

    private Optional<BigDecimal> overAThird(String from, String to) {
        TreeSet<String> thirds = new TreeSet<>(conversions.keySet());
        conversions.values().forEach(rates -> thirds.addAll(rates.keySet()));
        return thirds.stream()
                .flatMap(third -> direct(from, third)
                        .flatMap(
                                first -> direct(third, to).map(second -> first.multiply(second, MathContext.DECIMAL64)))
                        .stream())
                .findFirst();
    }
}

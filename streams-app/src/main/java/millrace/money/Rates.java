package millrace.money;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one unit of a currency is worth in others. A pair that is not there is taken from its reverse, or else over one third currency, the first
 * by name.
 */
public final class Rates {
    public static final Rates NONE = new Rates(Map.of());
    /** Beyond it no amount is taken for a price. */
    public static final long MOST_MICROS = 1_000_000_000_000_000L;

    private final Map<String, Map<String, BigDecimal>> conversions;
    /** Every currency that has a rate, by name. */
    private final List<String> currencies;

    /** @param conversions from, to, rate */
    public Rates(Map<String, ? extends Map<String, BigDecimal>> conversions) {
        Map<String, Map<String, BigDecimal>> copy = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(conversions.keySet());
        conversions.forEach((from, rates) -> {
            rates.forEach((to, rate) -> {
                if (rate.signum() <= 0) {
                    throw new IllegalArgumentException(
                            "rate from " + from + " to " + to + " is " + rate + "; it must be more than 0");
                }
            });
            copy.put(from, new TreeMap<>(rates));
            names.addAll(rates.keySet());
        });
        this.conversions = copy;
        this.currencies = List.copyOf(names);
    }

    public Optional<BigDecimal> rate(String from, String to) {
        return from.equals(to) ? Optional.of(BigDecimal.ONE) : direct(from, to).or(() -> overAThird(from, to));
    }

    /**
     * Millionths of one currency in another, cut to whole ones. Exact for one currency.
     *
     * @return empty without a rate, and beyond any price
     */
    public OptionalLong convert(long micros, String from, String to, RoundingMode rounding) {
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
        return Optional.ofNullable(conversions.get(from)).map(rates -> rates.get(to));
    }

    private Optional<BigDecimal> overAThird(String from, String to) {
        for (String third : currencies) {
            Optional<BigDecimal> first = direct(from, third);
            Optional<BigDecimal> second = first.isEmpty() ? first : direct(third, to);
            if (second.isPresent()) {
                return Optional.of(first.get().multiply(second.get(), MathContext.DECIMAL64));
            }
        }
        return Optional.empty();
    }
}

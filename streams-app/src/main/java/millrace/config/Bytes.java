package millrace.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Amounts of memory as people write them: a whole number and one unit, {@code 512B}, {@code 64KiB}, {@code 1MiB}, {@code 2GiB}. */
final class Bytes {
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("GiB", 1L << 30);
        UNITS.put("MiB", 1L << 20);
        UNITS.put("KiB", 1L << 10);
        UNITS.put("B", 1L);
    }

    private Bytes() {}

    /** @throws IllegalArgumentException when the text is not an amount of memory */
    static long parse(String text) {
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (text.endsWith(unit.getKey())) {
                return amount(text.substring(0, text.length() - unit.getKey().length()), unit.getValue());
            }
        }
        throw new IllegalArgumentException(
                "an amount of memory is a whole number and a unit: 512B, 64KiB, 1MiB or 2GiB");
    }

    private static long amount(String digits, long unit) {
        try {
            return Math.multiplyExact(Long.parseLong(digits), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "an amount of memory is a whole number and a unit: 512B, 64KiB, 1MiB or 2GiB", e);
        }
    }

    /** In the largest unit that needs no fraction. */
    static String format(long bytes) {
        return UNITS.entrySet().stream()
                .filter(unit -> bytes != 0 && bytes % unit.getValue() == 0)
                .findFirst()
                .map(unit -> bytes / unit.getValue() + unit.getKey())
                .orElse("0B");
    }
}

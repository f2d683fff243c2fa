package millrace.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Durations as people write them: a whole number and one unit, {@code 300ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 31d}. */
public final class Durations {
    private static final Map<String, Long> MILLIS_OF_UNIT = new LinkedHashMap<>();

    static {
        MILLIS_OF_UNIT.put("d", 86_400_000L);
        MILLIS_OF_UNIT.put("h", 3_600_000L);
        MILLIS_OF_UNIT.put("m", 60_000L);
        MILLIS_OF_UNIT.put("s", 1_000L);
        MILLIS_OF_UNIT.put("ms", 1L);
    }

    private Durations() {}

    /** @throws IllegalArgumentException when the text is not a duration, or longer than a long of milliseconds */
    public static Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        Long unit = MILLIS_OF_UNIT.get(text.substring(digits));
        if (digits == 0 || unit == null) {
            throw new IllegalArgumentException("a duration is a whole number and a unit: 300ms, 2s, 5m, 1h or 31d");
        }
        try {
            return Duration.ofMillis(Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("a duration this long cannot be counted in milliseconds", e);
        }
    }

    /** In the largest unit that needs no fraction. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0ms";
        }
        return MILLIS_OF_UNIT.entrySet().stream()
                .filter(unit -> millis % unit.getValue() == 0)
                .findFirst()
                .map(unit -> millis / unit.getValue() + unit.getKey())
                .orElseThrow();
    }
}

package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.Optional;

/** Times as VAST writes them: {@code HH:MM:SS} with optional thousandths (VAST 4.3, 3.8); bare seconds are accepted. */
public final class VastTime {
    private static final int MAX_DIGITS = 6;

    private VastTime() {}

    public static Optional<Duration> parse(String text) {
        String time = text.strip();
        int dot = time.indexOf('.');
        String whole = dot < 0 ? time : time.substring(0, dot);
        long millis = dot < 0 ? 0 : fraction(time.substring(dot + 1));
        String[] parts = whole.split(":", -1);
        if (millis < 0 || (parts.length != 1 && parts.length != 3)) {
            return Optional.empty();
        }
        long seconds = 0;
        for (int i = 0; i < parts.length; i++) {
            int value = number(parts[i]);
            if (value < 0 || (i > 0 && value > 59)) {
                return Optional.empty();
            }
            seconds = seconds * 60 + value;
        }
        return Optional.of(Duration.ofMillis(seconds * 1000 + millis));
    }

    /** A whole number of at most six digits, without a sign. */
    public static Optional<Integer> whole(String text) {
        int value = number(text.strip());
        return value < 0 ? Optional.empty() : Optional.of(value);
    }

    /** A number of at most six digits before the point, in thousandths; further digits are cut. */
    static Optional<Integer> thousandths(String text) {
        int dot = text.indexOf('.');
        int whole = number(dot < 0 ? text : text.substring(0, dot));
        int fraction = dot < 0 ? 0 : fraction(text.substring(dot + 1));
        return whole < 0 || fraction < 0 ? Optional.empty() : Optional.of(whole * 1000 + fraction);
    }

    /** Thousandths; further digits are cut. */
    private static int fraction(String digits) {
        if (digits.isEmpty() || number(digits.substring(0, Math.min(MAX_DIGITS, digits.length()))) < 0) {
            return -1;
        }
        return number((digits + "00").substring(0, 3));
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}

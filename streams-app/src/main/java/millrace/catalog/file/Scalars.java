package millrace.catalog.file;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import millrace.config.Durations;
import millrace.config.NearestName;

/** Values other than text and money. Every message says what is wanted. */
final class Scalars {
    private Scalars() {}

    static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is '" + text + "'; a whole number is wanted", e);
        }
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is '" + text + "'; true or false is wanted");
        };
    }

    /** In milliseconds, as an int field of a record takes it. */
    static int millis(String text) {
        Duration duration = duration(text);
        if (duration.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("is " + text + "; at most 24d is wanted");
        }
        return (int) duration.toMillis();
    }

    static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is '" + text + "'; " + e.getMessage(), e);
        }
    }

    /** In milliseconds since 1970 UTC. */
    static long instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "is '" + text + "'; a date and time with its offset is wanted, such as 2026-03-01T00:00:00+01:00",
                    e);
        }
    }

    /** One of an enum's names, in small letters with dashes. */
    static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                // What old readers make of a name they do not know; nobody asks for it.
                .filter(value -> !value.name().equals("UNSUPPORTED"))
                .map(Scalars::written)
                .toList();
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(value -> names.contains(text) && written(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is '" + text + "'; wanted is one of "
                        + String.join(", ", names) + NearestName.hint(text, names)));
    }

    /** The enum's value of that name, or nothing. */
    static <E extends Enum<E>> Optional<E> chosen(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> written(value).equals(text))
                .findFirst();
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package millrace.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may stand as the value of a setting.
 *
 * @param name of the type, as the documentation says it
 * @param range what is allowed, in words; empty when the name says it all
 * @param shape how the value is written
 * @param parser takes the written items (one unless {@code shape} is a list); its IllegalArgumentException says what is allowed
 */
public record Kind<T>(String name, String range, Shape shape, Function<List<String>, T> parser) {

    /** How a value is written. */
    public enum Shape {
        ONE,
        /** In TOML an array, elsewhere separated by commas. */
        LIST,
        /** As one, but never shown, and {@code file:/path} stands for the content of a file. */
        SECRET,
        /** As a list, but secret. */
        SECRET_LIST,
        /** A TOML table of any keys. */
        TABLE;

        boolean isList() {
            return this == LIST || this == SECRET_LIST;
        }

        boolean isSecret() {
            return this == SECRET || this == SECRET_LIST || this == TABLE;
        }
    }

    static Kind<Duration> duration(String least, String most) {
        Duration min = Durations.parse(least);
        Duration max = Durations.parse(most);
        return one("duration", least + " to " + most, text -> {
            Duration value = Durations.parse(text);
            return within(value, value.compareTo(min) >= 0 && value.compareTo(max) <= 0, least + " to " + most);
        });
    }

    static Kind<Integer> count(int least, int most) {
        String range = least + " to " + most;
        return one("whole number", range, text -> {
            int value = wholeNumber(text, range);
            return within(value, value >= least && value <= most, range);
        });
    }

    static Kind<Long> bytes(String least, String most) {
        long min = Bytes.parse(least);
        long max = Bytes.parse(most);
        return one("memory", least + " to " + most, text -> {
            long value = Bytes.parse(text);
            return within(value, value >= min && value <= max, least + " to " + most);
        });
    }

    static Kind<Boolean> flag() {
        return one("true or false", "", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("allowed is true or false");
        });
    }

    /** @param pattern what matches is allowed; {@code range} says so in words */
    static Kind<String> text(String pattern, String range) {
        Pattern compiled = Pattern.compile(pattern);
        return one("text", range, text -> within(text, compiled.matcher(text).matches(), range));
    }

    static Kind<List<String>> texts(String pattern, String range) {
        return texts(Pattern.compile(pattern).asMatchPredicate(), range);
    }

    static Kind<List<String>> texts(Predicate<String> isOne, String range) {
        return new Kind<>(
                "list of texts",
                range,
                Shape.LIST,
                items -> items.stream()
                        .map(item -> within(item, isOne.test(item), "each " + range + ", not '" + item + "'"))
                        .toList());
    }

    static Kind<List<URI>> urls(String pattern, String range) {
        Pattern compiled = Pattern.compile(pattern);
        return new Kind<>(
                "list of URLs",
                range,
                Shape.LIST,
                items -> items.stream()
                        // Not shown when it is wrong: it may hold a password.
                        .map(item -> within(item, compiled.matcher(item).matches(), "each " + range))
                        .map(URI::create)
                        .toList());
    }

    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        Map<String, E> choices = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), Function.identity()));
        String range = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        return one(range, "", text -> {
            E value = choices.get(text);
            if (value == null) {
                throw new IllegalArgumentException("allowed is " + range);
            }
            return value;
        });
    }

    static Kind<Secret> secret() {
        return new Kind<>("secret", "", Shape.SECRET, items -> new Secret(items.getFirst()));
    }

    static Kind<List<SigningKey>> signingKeys() {
        return new Kind<>(
                "list of secrets",
                "id:base64 each, ids 0 to " + SigningKey.MAX_ID + ", keys of at least " + SigningKey.MIN_BYTES
                        + " bytes",
                Shape.SECRET_LIST,
                Kind::distinctKeys);
    }

    static Kind<Map<String, String>> table() {
        return new Kind<>("table", "", Shape.TABLE, items -> Map.of());
    }

    /** This, or nothing where the text is empty. */
    Kind<Optional<T>> optional() {
        return new Kind<>(
                name,
                range,
                shape,
                items -> items.equals(List.of("")) ? Optional.empty() : Optional.of(parser.apply(items)));
    }

    /** This, but never an empty list. */
    static <T> Kind<List<T>> atLeastOne(Kind<List<T>> kind) {
        return new Kind<>(kind.name, kind.range + ", at least one", kind.shape, items -> {
            List<T> values = kind.parser.apply(items);
            return within(values, !values.isEmpty(), "at least one");
        });
    }

    private static <T> Kind<T> one(String name, String range, Function<String, T> parser) {
        return new Kind<>(name, range, Shape.ONE, items -> parser.apply(items.getFirst()));
    }

    private static <T> T within(T value, boolean allowed, String range) {
        if (!allowed) {
            throw new IllegalArgumentException("allowed is " + range);
        }
        return value;
    }

    private static int wholeNumber(String text, String range) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("allowed is a whole number, " + range, e);
        }
    }

    private static List<SigningKey> distinctKeys(List<String> items) {
        List<SigningKey> keys = items.stream().map(SigningKey::parse).toList();
        if (keys.stream().map(SigningKey::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two keys have one id");
        }
        return keys;
    }
}

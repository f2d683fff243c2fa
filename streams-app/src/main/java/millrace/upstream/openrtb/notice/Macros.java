package millrace.upstream.openrtb.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/**
 * Replaces the macros of a text in one pass, so that no value is taken for a macro again. A macro that is not OpenRTB's, or whose encoding nobody
 * agreed on, stays as it is: other families of macros live in the same texts.
 *
 * <p>Values are not encoded for addresses, as the specification wants it (4.4); but what can stand in no address at all (a control character, a
 * space, a quote) is written in percent form, so that no value breaks out of one.
 */
public final class Macros {
    private static final String OPEN = "${";
    /** No macro has a longer name. */
    private static final int LONGEST = 64;

    private static final String BASE64 = "B64";
    private static final String NEVER_IN_AN_ADDRESS = " \"<>\\^`{|}";

    private Macros() {}

    public static String fill(String text, MacroPlace place, MacroValues values) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder(text.length() + 64);
        int done = 0;
        int close = 0;
        while (open >= 0) {
            close = close > open ? close : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            Optional<String> value = close - open > LONGEST
                    ? Optional.empty()
                    : value(text.substring(open + OPEN.length(), close), place, values);
            if (value.isPresent()) {
                filled.append(text, done, open).append(value.get());
                done = close + 1;
            }
            open = text.indexOf(OPEN, value.isPresent() ? done : open + OPEN.length());
        }
        return filled.append(text, done, text.length()).toString();
    }

    private static Optional<String> value(String words, MacroPlace place, MacroValues values) {
        int colon = words.indexOf(':');
        String name = colon < 0 ? words : words.substring(0, colon);
        String code = colon < 0 ? "" : words.substring(colon + 1);
        return Macro.of(name)
                .map(macro -> macro.hasValueIn(place) ? values.values().getOrDefault(macro, "") : "")
                .flatMap(value -> encoded(value, code))
                .map(value -> place.isAddress() ? inAddress(value) : value);
    }

    private static Optional<String> encoded(String value, String code) {
        return switch (code) {
            case "" -> Optional.of(value);
            case BASE64 -> Optional.of(Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
            default -> Optional.empty();
        };
    }

    private static String inAddress(String value) {
        if (value.chars().allMatch(Macros::isSafe)) {
            return value;
        }
        StringBuilder safe = new StringBuilder();
        for (byte octet : value.getBytes(UTF_8)) {
            int unsigned = octet & 0xFF;
            if (isSafe(unsigned)) {
                safe.append((char) unsigned);
            } else {
                safe.append('%')
                        .append(Character.toUpperCase(Character.forDigit(unsigned >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(unsigned & 0xF, 16)));
            }
        }
        return safe.toString();
    }

    private static boolean isSafe(int character) {
        return character > ' ' && character < 0x7F && NEVER_IN_AN_ADDRESS.indexOf(character) < 0;
    }
}

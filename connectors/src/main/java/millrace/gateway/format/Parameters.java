package millrace.gateway.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Faults;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a tag, read by type. A parameter that is empty, or a macro that nobody filled in ({@code [WIDTH]}, {@code {width}},
 * {@code %%WIDTH%%}), counts as absent: players and ad managers leave them so. For one thread.
 */
final class Parameters {
    private static final int LONGEST_LIST = 50;

    private final Map<String, String> values;
    private final Faults faults;

    Parameters(Map<String, String> values, Faults faults) {
        this.values = values;
        this.faults = faults;
    }

    Faults faults() {
        return faults;
    }

    boolean has(String name) {
        return text(name, Integer.MAX_VALUE) != null;
    }

    /** Null when it is absent; a fault when it is too long or has control characters. */
    @Nullable
    String text(String name, int longest) {
        String value = values.getOrDefault(name, "").strip();
        if (value.isEmpty() || isMacro(value)) {
            return null;
        }
        if (value.length() > longest || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            faults.add(name, "is " + Lines.shown(value) + "; allowed are 1 to " + longest + " printable characters");
            return null;
        }
        return value;
    }

    /** One of the first parameter's or, for those who know it by another name, the second's. */
    @Nullable
    String text(String name, String other, int longest) {
        String value = text(name, longest);
        return value == null ? text(other, longest) : value;
    }

    @Nullable
    Integer number(String name, int least, int most) {
        String text = text(name, 40);
        if (text == null) {
            return null;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        faults.add(name, "is " + Lines.shown(text) + "; allowed is a whole number, " + least + " to " + most);
        return null;
    }

    @Nullable
    Integer flag(String name) {
        String text = text(name, 40);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "1", "true" -> 1;
            case "0", "false" -> 0;
            default -> {
                faults.add(name, "is " + Lines.shown(text) + "; allowed is 0 or 1");
                yield null;
            }
        };
    }

    /** Seconds, with decimals or not, as milliseconds. */
    @Nullable
    Integer millis(String name) {
        String text = text(name, 12);
        if (text == null) {
            return null;
        }
        try {
            BigDecimal millis = new BigDecimal(text).movePointRight(3);
            if (millis.signum() > 0 && millis.compareTo(BigDecimal.valueOf(86_400_000)) <= 0) {
                return millis.intValue();
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        faults.add(name, "is " + Lines.shown(text) + "; allowed are seconds above 0, at most a day");
        return null;
    }

    List<String> list(String name, int longest) {
        String text = text(name, 2048);
        if (text == null) {
            return List.of();
        }
        List<String> list = new ArrayList<>();
        for (String part : text.split(",")) {
            String item = part.strip();
            if (!item.isEmpty()) {
                faults.require(item.length() <= longest, name, "has an entry of more than " + longest + " characters");
                list.add(item);
            }
        }
        faults.require(list.size() <= LONGEST_LIST, name, "has more than " + LONGEST_LIST + " entries");
        return list;
    }

    List<Integer> numbers(String name) {
        List<Integer> numbers = new ArrayList<>();
        for (String item : list(name, 11)) {
            try {
                numbers.add(Integer.valueOf(item));
            } catch (NumberFormatException e) {
                faults.add(name, "has " + Lines.shown(item) + "; allowed are whole numbers with commas between them");
            }
        }
        return numbers;
    }

    /** Every parameter whose name begins so, by the rest of its name. */
    Map<String, String> beginning(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix) && name.length() > prefix.length() && !value.isBlank() && !isMacro(value)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    Optional<String> optional(String name, int longest) {
        return Optional.ofNullable(text(name, longest));
    }

    private static boolean isMacro(String value) {
        return (value.startsWith("[") && value.endsWith("]"))
                || (value.startsWith("{") && value.endsWith("}"))
                || (value.startsWith("%%") && value.endsWith("%%"))
                || (value.startsWith("${") && value.endsWith("}"));
    }
}

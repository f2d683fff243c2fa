package millrace.catalog.file;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ${NAME}} and {@code ${NAME:-default}} stand for an environment variable, {@code $${NAME}} for the text {@code ${NAME}} itself,
 * as some upstreams' macros are written. They are replaced within one value, never in the file, so a variable cannot add a line.
 */
final class Variables {
    private static final Pattern VARIABLE =
            Pattern.compile("(?<escaped>\\$)?\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?}");

    private Variables() {}

    /** @throws IllegalArgumentException when a variable is not set and has no default */
    static String replaced(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value((Matcher) found, environment)));
    }

    private static String value(Matcher found, Map<String, String> environment) {
        if (found.group("escaped") != null) {
            return found.group().substring(1);
        }
        String name = found.group("name");
        String value = environment.get(name);
        String otherwise = found.group("default");
        if (value != null && !(value.isEmpty() && otherwise != null)) {
            return value;
        }
        if (otherwise == null) {
            throw new IllegalArgumentException("environment variable " + name + " is not set; give it a default as ${"
                    + name + ":-...}, or write $${" + name + "} for the text itself");
        }
        return otherwise;
    }
}

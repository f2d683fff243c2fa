package millrace.upstream.vast;

import java.util.Optional;

/**
 * Where macros get their values. Replacement is one pass from left to right: what was put in is never looked at again, so
 * a value cannot smuggle in another macro. Names are case-sensitive; unknown ones stay, with their brackets.
 */
@FunctionalInterface
interface Macros {
    MacroValue valueOf(String name);

    /** Characters after which no value is put in any more: short templates and long values must not make a flood. */
    int FULL = 65_536;

    /** The template with every known {@code [NAME]} replaced by its percent-encoded value, until it is full. */
    default String expand(String template) {
        int open = template.indexOf('[');
        if (open < 0) {
            return template;
        }
        StringBuilder out = new StringBuilder(template.length() + 64);
        int done = 0;
        while (open >= 0) {
            int close = nameEnd(template, open + 1);
            Optional<String> value = close < 0 || out.length() > FULL
                    ? Optional.empty()
                    : valueOf(template.substring(open + 1, close)).encoded();
            if (value.isPresent()) {
                out.append(template, done, open).append(value.get());
                done = close + 1;
            }
            open = template.indexOf('[', Math.max(done, open + 1));
        }
        return out.append(template, done, template.length()).toString();
    }

    /** These, with the error code that a ping reports. */
    default Macros withErrorCode(int code) {
        return name -> name.equals("ERRORCODE") ? MacroValue.of(Integer.toString(code)) : valueOf(name);
    }

    /** These, with what a break's error tracker is told beside the code (VMAP 1.0.1, 2.5). */
    default Macros withErrorMessage(String message) {
        return name -> name.equals("ERROR_MESSAGE") ? MacroValue.of(message) : valueOf(name);
    }

    /** The closing bracket of a name of capitals, digits and underscores; -1 when it is not one. */
    private static int nameEnd(String text, int begin) {
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ']') {
                return i > begin ? i : -1;
            }
            if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) {
                return -1;
            }
        }
        return -1;
    }
}

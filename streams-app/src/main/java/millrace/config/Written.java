package millrace.config;

import java.util.Arrays;
import java.util.List;

/**
 * A value as somebody wrote it.
 *
 * @param items one, or those of a list
 * @param array whether it was written as an array
 * @param where file, line and column, or the variable
 */
record Written(List<String> items, boolean array, String where) {

    static Written of(String text, String where) {
        return new Written(List.of(text), false, where);
    }

    /** @throws IllegalArgumentException saying what is allowed */
    <T> T parse(Kind<T> kind) {
        if (array && !kind.shape().isList()) {
            throw new IllegalArgumentException("one value is wanted, not a list");
        }
        return kind.parser().apply(kind.shape().isList() && !array ? separated() : items);
    }

    /** How it may be shown in an error. */
    String shown(Kind<?> kind) {
        String text = String.join(",", items);
        // A mistyped URL may hold a password.
        return kind.shape().isSecret() || text.contains("@") ? "not shown" : "'" + text + "'";
    }

    private List<String> separated() {
        return Arrays.stream(items.getFirst().split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}

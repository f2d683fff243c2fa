package millrace.config;

import java.util.Locale;

/**
 * One thing that can be set.
 *
 * @param name words with dots; the first is its section
 * @param kind what may be given
 * @param initial what stands when nothing is given, written as in an environment variable; empty is nothing
 * @param doc what it does, in a sentence
 */
public record Setting<T>(String name, Kind<T> kind, String initial, String doc) {

    public String section() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The name within its section. */
    public String key() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** The variable that overrides the file. */
    public String environmentVariable() {
        return "MILLRACE_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}

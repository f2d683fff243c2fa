package millrace.devkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param path percent-encoded, as sent
 * @param rawQuery what follows the question mark, as sent; empty without one
 * @param headers by name in lower case; repeated ones joined with a comma, cookies with a semicolon
 * @param body as UTF-8
 */
public record Request(String method, String path, String rawQuery, Map<String, String> headers, String body) {

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /**
     * The query's parameters, decoded; the last of a repeated name.
     *
     * @throws IllegalArgumentException if an escape is broken
     */
    public Map<String, String> query() {
        return pairs(rawQuery, '&', true);
    }

    /** Cookies that the client sent, name to value. */
    public Map<String, String> cookies() {
        return pairs(headers.getOrDefault("cookie", ""), ';', false);
    }

    private static Map<String, String> pairs(String text, char separator, boolean encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int next = text.indexOf(separator, from);
            int to = next < 0 ? text.length() : next;
            String pair = text.substring(from, to).strip();
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                pairs.put(encoded ? decoded(name) : name, encoded ? decoded(value) : value);
            }
            from = to + 1;
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}

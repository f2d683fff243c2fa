package millrace.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call is answered with.
 *
 * @param type of the body; empty for none
 * @param headers further ones
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
public record Page(int status, String type, byte[] body, Map<String, String> headers) {
    public static final String XML = "application/xml; charset=utf-8";
    public static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    public Page {
        headers = Map.copyOf(headers);
    }

    public static Page of(int status, String type, String body) {
        return new Page(status, type, body.getBytes(UTF_8), Map.of());
    }

    public static Page of(int status, String type, byte[] body) {
        return new Page(status, type, body, Map.of());
    }

    public static Page text(int status, String body) {
        return of(status, TEXT, body + "\n");
    }

    public static Page empty(int status) {
        return new Page(status, "", new byte[0], Map.of());
    }

    public Page with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Page(status, type, body, more);
    }

    public String text() {
        return new String(body, UTF_8);
    }
}

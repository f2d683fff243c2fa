package millrace.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.Method;

/** One call of the registry's REST API, before a URL is chosen for it. {@code path} begins with a slash and is escaped. */
record RegistryRequest(Method method, String path, Optional<String> body) {

    static RegistryRequest get(String path) {
        return new RegistryRequest(Method.GET, path, Optional.empty());
    }

    static RegistryRequest post(String path, String body) {
        return new RegistryRequest(Method.POST, path, Optional.of(body));
    }

    static RegistryRequest put(String path, String body) {
        return new RegistryRequest(Method.PUT, path, Optional.of(body));
    }

    /** A subject as one path segment, whatever characters it has. */
    static String segment(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

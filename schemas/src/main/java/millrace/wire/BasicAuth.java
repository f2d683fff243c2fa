package millrace.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user name and password for the registry. Never printed: only {@link #header()} shows them. */
public record BasicAuth(String user, String password) {

    public BasicAuth {
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("registry user must be a name without ':'");
        }
    }

    /** The value of the {@code Authorization} header (RFC 7617, UTF-8). */
    String header() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "BasicAuth[redacted]";
    }
}

package millrace.gateway.http;

import java.util.List;
import java.util.Optional;

/**
 * Which web pages may read answers (the Fetch standard's CORS protocol). A page's own origin is repeated, with leave to send credentials,
 * because players send them; nothing here depends on a cookie, so nothing is given away by that.
 */
public record Origins(List<String> allowed) {
    private static final String METHODS = "GET, POST, OPTIONS";
    private static final int LONGEST = 300;

    public Origins {
        allowed = List.copyOf(allowed);
    }

    /** The page for a reader from that origin. */
    public Page open(Page page, Optional<String> origin) {
        Page varying = page.with("Vary", "Origin, Accept-Encoding");
        return origin.filter(this::allows)
                .map(from -> varying.with("Access-Control-Allow-Origin", from)
                        .with("Access-Control-Allow-Credentials", "true"))
                .orElse(varying);
    }

    /** The answer to a browser that asks whether it may ask. */
    public Page preflight() {
        return Page.empty(204)
                .with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", "Content-Type, X-OpenRTB-Version, traceparent, tracestate")
                .with("Access-Control-Max-Age", "86400");
    }

    private boolean allows(String origin) {
        boolean plain = !origin.isBlank()
                && origin.length() <= LONGEST
                && origin.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return plain && (allowed.contains("*") || allowed.contains(origin));
    }
}

package millrace.upstream.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Undoes a content encoding without ever holding more than the limit. */
final class BoundedBody {
    /** The body is larger than it may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int limit) {
            super("answer is larger than " + limit + " bytes");
        }
    }

    private BoundedBody() {}

    /** The body behind {@code encoding}: none, identity or gzip; nothing else was asked for. */
    static byte[] decoded(byte[] body, String encoding, int limit) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> gunzip(body, limit);
            default -> throw new IOException("answer has a content encoding that was not asked for");
        };
    }

    private static byte[] gunzip(byte[] body, int limit) throws IOException {
        if (body.length == 0) {
            return body;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(limit + 1);
            if (plain.length > limit) {
                throw new TooLarge(limit);
            }
            return plain;
        }
    }
}

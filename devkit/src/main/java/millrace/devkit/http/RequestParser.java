package millrace.devkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into requests. Takes bodies with a Content-Length only (no chunks), heads up to 64 KiB and bodies
 * up to 1 MiB.
 */
final class RequestParser {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final Parsed INCOMPLETE = new Parsed.Incomplete();

    private byte[] bytes = new byte[2048];
    private int length;
    private int scanned;

    void feed(ByteBuffer more) {
        int needed = length + more.remaining();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        more.get(bytes, length, more.remaining());
        length = needed;
    }

    /** Whether a client sends on without end while its request is being answered. */
    boolean isFlooded() {
        return length > MAX_HEAD_BYTES + MAX_BODY_BYTES;
    }

    Parsed next() {
        int headEnd = headEnd();
        if (headEnd < 0) {
            return length > MAX_HEAD_BYTES ? new Parsed.Refused(431) : INCOMPLETE;
        }
        String head = new String(bytes, 0, headEnd, ISO_8859_1);
        Map<String, String> headers = headers(head);
        if (headers.containsKey("transfer-encoding")) {
            return new Parsed.Refused(411);
        }
        int bodyLength = bodyLength(headers.get("content-length"));
        if (bodyLength < 0) {
            return new Parsed.Refused(400);
        }
        if (bodyLength > MAX_BODY_BYTES) {
            return new Parsed.Refused(413);
        }
        int end = headEnd + 4 + bodyLength;
        return end > length ? INCOMPLETE : taken(head, headers, headEnd + 4, end);
    }

    private Parsed taken(String head, Map<String, String> headers, int bodyStart, int end) {
        String body = new String(bytes, bodyStart, end - bodyStart, UTF_8);
        System.arraycopy(bytes, end, bytes, 0, length - end);
        length -= end;
        scanned = 0;
        int lineEnd = head.indexOf("\r\n");
        String line = lineEnd < 0 ? head : head.substring(0, lineEnd);
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first || !line.startsWith("HTTP/1.", last + 1)) {
            return new Parsed.Refused(400);
        }
        String target = line.substring(first + 1, last);
        int mark = target.indexOf('?');
        Request request = new Request(
                line.substring(0, first),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                body);
        return new Parsed.Complete(request, keepsAlive(line, headers));
    }

    private static boolean keepsAlive(String line, Map<String, String> headers) {
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return line.endsWith("1.0") ? connection.contains("keep-alive") : !connection.contains("close");
    }

    /** Where the empty line begins that ends the head; -1 if it has not come. */
    private int headEnd() {
        for (int i = Math.max(0, scanned - 3); i + 3 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                scanned = i;
                return i;
            }
        }
        scanned = length;
        return -1;
    }

    private static Map<String, String> headers(String head) {
        Map<String, String> headers = new LinkedHashMap<>();
        int from = head.indexOf("\r\n");
        while (from >= 0) {
            int next = head.indexOf("\r\n", from + 2);
            int to = next < 0 ? head.length() : next;
            int colon = head.indexOf(':', from);
            if (colon > 0 && colon < to) {
                String name = head.substring(from + 2, colon).toLowerCase(Locale.ROOT);
                String joint = name.equals("cookie") ? "; " : ", ";
                headers.merge(name, head.substring(colon + 1, to).strip(), (one, two) -> one + joint + two);
            }
            from = next;
        }
        return headers;
    }

    /** -1 if it is no number. */
    private static int bodyLength(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

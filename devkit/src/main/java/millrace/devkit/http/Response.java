package millrace.devkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** A response as its bytes, made once and sent as often as wanted. Immutable. */
public final class Response {

    private static final byte[] NOTHING = {};

    private final String head;
    private final byte[] body;
    private final byte[] bytes;

    private Response(String head, byte[] body) {
        this.head = head;
        this.body = body;
        byte[] headBytes = (head + "\r\n").getBytes(ISO_8859_1);
        this.bytes = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, bytes, 0, headBytes.length);
        System.arraycopy(body, 0, bytes, headBytes.length, body.length);
    }

    /** Without a body. */
    public static Response of(int status) {
        // These have no body by definition, so no length either (RFC 9110, 8.6).
        boolean bodiless = status == 204 || status == 304;
        return new Response(statusLine(status) + (bodiless ? "" : "Content-Length: 0\r\n"), NOTHING);
    }

    public static Response of(int status, String contentType, String body) {
        byte[] encoded = body.getBytes(UTF_8);
        return new Response(
                statusLine(status) + "Content-Type: " + contentType + "\r\nContent-Length: " + encoded.length + "\r\n",
                encoded);
    }

    /** The same body, said to be of another type. */
    public Response typed(String contentType) {
        return new Response(head.replaceFirst("Content-Type: [^\r]*", "Content-Type: " + contentType), body);
    }

    /** This response with one more header. */
    public Response with(Header header) {
        return new Response(head + header.name() + ": " + header.value() + "\r\n", body);
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static String statusLine(int status) {
        // Clients read the number; the phrase may be empty (RFC 9112, 4).
        return "HTTP/1.1 " + status + " \r\n";
    }
}

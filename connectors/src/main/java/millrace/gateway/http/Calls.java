package millrace.gateway.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import millrace.upstream.http.PercentEncoding;

/** What is written on the wire, as calls and pages. Pure. */
final class Calls {
    private static final int MOST_PARAMETERS = 200;
    /** Below this, compressing costs more than it saves. */
    private static final int WORTH_COMPRESSING = 1024;

    private Calls() {}

    /** @param target as the request line has it: path and query */
    static Call of(
            String method,
            String target,
            Map<String, String> headers,
            byte[] body,
            InetAddress connected,
            Clients clients) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        String client = clients.address(connected, headers.getOrDefault("x-forwarded-for", ""));
        return new Call(method, PercentEncoding.decoded(path), parameters(query), headers, body, client);
    }

    /** Several fields of one name are one list (RFC 9110, 5.3). */
    static void add(Map<String, String> headers, String name, String value) {
        headers.merge(name.toLowerCase(Locale.ROOT), value.strip(), (before, more) -> before + "," + more);
    }

    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : query.split("&", MOST_PARAMETERS + 1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && parameters.size() < MOST_PARAMETERS) {
                parameters.putIfAbsent(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return PercentEncoding.decoded(text.replace('+', ' '));
    }

    /** The body as it was before it was compressed; empty when that is longer than it may be, or no gzip. */
    static Optional<byte[]> decompressed(byte[] body, int limit) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(limit + 1);
            return plain.length > limit ? Optional.empty() : Optional.of(plain);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isWorthCompressing(Call call, Page page) {
        return page.body().length >= WORTH_COMPRESSING && call.lists("accept-encoding", "gzip");
    }

    static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}

package millrace.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param path decoded, without the query
 * @param parameters of the query, decoded; the first of each name
 * @param headers by lower-case name; several of one name are joined by commas
 * @param body decompressed
 * @param client address of whom it came from, proxies that are believed left out
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
public record Call(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        byte[] body,
        String client) {

    /** Without a body. */
    public static Call get(String path, Map<String, String> parameters, Map<String, String> headers, String client) {
        return new Call("GET", path, parameters, headers, new byte[0], client);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether a header's list has an entry, parameters of the entry left out. */
    public boolean lists(String header, String entry) {
        return header(header).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(part -> part.split(";", 2)[0].strip())
                .anyMatch(entry::equalsIgnoreCase);
    }
}

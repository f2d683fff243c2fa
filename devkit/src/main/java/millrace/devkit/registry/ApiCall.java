package millrace.devkit.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * One request.
 *
 * @param segments of the path, unescaped, without empty ones
 * @param query raw
 */
record ApiCall(String method, List<String> segments, String query, String content) {

    static final ObjectMapper JSON = new ObjectMapper();

    static ApiCall of(String method, URI uri, String content) {
        List<String> segments = Stream.of(uri.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                // In a path a plus is a plus.
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        return new ApiCall(method, segments, uri.getRawQuery() == null ? "" : uri.getRawQuery(), content);
    }

    boolean is(String name) {
        return method.equals(name);
    }

    /** Whether the query says {@code name=true}. */
    boolean asks(String name) {
        return List.of(query.split("&")).contains(name + "=true");
    }

    String segment(int index) {
        return segments.get(index);
    }

    /** A field of the JSON object in the body; empty if absent. */
    String field(String name) {
        return body().path(name).asText("");
    }

    JsonNode body() {
        try {
            JsonNode body = JSON.readTree(content);
            if (!body.isObject()) {
                throw ApiError.badRequest("Request body must be a JSON object");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("Request body is not JSON: " + e.getOriginalMessage());
        }
    }
}

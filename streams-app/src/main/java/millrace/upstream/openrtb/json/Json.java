package millrace.upstream.openrtb.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * A part of a document that nobody here needs to understand, as it came: an extension, or an attribute that the specification does not have.
 * Kept as text, it comes out again to the letter.
 *
 * @param text one JSON value
 */
public record Json(String text) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The value as a tree; empty if the text is not JSON, which it is in what was read. */
    public Optional<JsonNode> tree() {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    public static Json of(JsonNode tree) {
        return new Json(tree.toString());
    }
}

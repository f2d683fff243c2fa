package millrace.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** What one registry URL said. */
record RegistryAnswer(URI url, int status, String body) {

    private static final int SHOWN = 300;

    /** Trouble on the registry's side, which another URL or a later attempt may not have. */
    boolean isTrouble() {
        return status >= 500 || status == 429 || status == 408;
    }

    /** One line for a log. */
    String describe() {
        return "%s answered %d: %s".formatted(url, status, shortened(message()));
    }

    /** The JSON of a good answer; any other becomes the exception that says what can be done about it. */
    JsonNode json() {
        if (status >= 200 && status < 300) {
            return parsed();
        }
        if (isTrouble()) {
            throw new RegistryException.Unavailable(describe());
        }
        throw switch (status) {
            case 409 -> new RegistryException.Incompatible(shortened(message()));
            // Only the registry's own code is a definite no: a bare 404 is a wrong base URL or a proxy.
            case 404 -> isDefinite() ? new RegistryException.Unknown(shortened(message())) : refused();
            default -> refused();
        };
    }

    private RegistryException.Refused refused() {
        return new RegistryException.Refused(describe());
    }

    private boolean isDefinite() {
        int code = errorBody().path("error_code").asInt();
        return code > 40400 && code < 40500;
    }

    private JsonNode parsed() {
        try {
            return SchemaJson.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // The parser's message is left out: it quotes the answer without bound.
            throw new RegistryException.Refused(url + " answered something that is not JSON; is it a schema registry?");
        }
    }

    private String message() {
        String message = errorBody().path("message").asText();
        return message.isEmpty() ? body : message;
    }

    private JsonNode errorBody() {
        try {
            return SchemaJson.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // A proxy's error page: shown as it is.
            return SchemaJson.JSON.missingNode();
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}

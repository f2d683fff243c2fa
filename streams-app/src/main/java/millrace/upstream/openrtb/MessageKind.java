package millrace.upstream.openrtb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.BidResponse;

/** Which message a file holds. */
public enum MessageKind {
    REQUEST,
    RESPONSE,
    UNKNOWN;

    private static final JsonFactory JSON = new JsonFactory();
    private static final Shape<BidRequest> ASKS = Shape.of(BidRequest.class);
    private static final Shape<BidResponse> ANSWERS = Shape.of(BidResponse.class);

    /** By the attributes that only one of them has; else by the file's name; else nothing but an object is an answer without bids. */
    public static MessageKind of(byte[] bytes, String fileName) {
        MessageKind byContent = UNKNOWN;
        boolean isObject = false;
        try (JsonParser parser = JSON.createParser(bytes)) {
            isObject = parser.nextToken() == JsonToken.START_OBJECT;
            String name = isObject ? parser.nextFieldName() : null;
            while (name != null && byContent == UNKNOWN) {
                byContent = of(name, parser.nextToken());
                parser.skipChildren();
                name = parser.nextFieldName();
            }
        } catch (IOException e) {
            // What it is called is all that can be told of what is not JSON.
            isObject = false;
        }
        if (byContent != UNKNOWN) {
            return byContent;
        }
        MessageKind byName = byName(fileName.toLowerCase(Locale.ROOT));
        return byName == UNKNOWN && isObject ? RESPONSE : byName;
    }

    private static MessageKind of(String attribute, JsonToken value) {
        boolean asks = ASKS.attribute(attribute).isPresent();
        boolean answers = ANSWERS.attribute(attribute).isPresent();
        if (attribute.equals("cur")) {
            return value == JsonToken.START_ARRAY ? REQUEST : RESPONSE;
        }
        return asks == answers ? UNKNOWN : asks ? REQUEST : RESPONSE;
    }

    private static MessageKind byName(String fileName) {
        boolean asks = fileName.contains("request");
        boolean answers = fileName.contains("response");
        return asks == answers ? UNKNOWN : asks ? REQUEST : RESPONSE;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package millrace.upstream.openrtb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.check.Fault;
import org.jspecify.annotations.Nullable;

/** Reads one document in one pass. What has a wrong type is skipped and noted. For one thread. */
final class DocumentReader {
    private final JsonParser parser;
    private final byte[] bytes;
    private final ValueReader values;
    private final FaultList faults;

    DocumentReader(JsonParser parser, byte[] bytes, Limits limits) {
        this.parser = parser;
        this.bytes = bytes;
        this.values = new ValueReader(parser);
        this.faults = new FaultList(limits.faults());
    }

    <R extends Record> Reading<R> read(Shape<R> shape) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Reading.Unreadable<>(new Fault(shape.name(), "wrong type, want object"));
        }
        R value = object(shape, Place.root(shape.name()));
        if (parser.nextToken() != null) {
            return new Reading.Unreadable<>(new Fault(shape.name(), "is not alone: something follows it"));
        }
        return new Reading.Document<>(value, faults.faults());
    }

    private <R extends Record> R object(Shape<R> shape, Place place) throws IOException {
        @Nullable Object[] found = new @Nullable Object[shape.attributes().size()];
        Map<String, Json> unknown = null;
        String name = parser.nextFieldName();
        while (name != null) {
            JsonToken token = parser.nextToken();
            Attribute attribute = shape.known(name);
            if (attribute == null) {
                unknown = unknown == null ? new LinkedHashMap<>() : unknown;
                if (unknown.put(name, asItCame()) != null) {
                    faults.add(place.in(name), "is there twice");
                }
            } else if (token != JsonToken.VALUE_NULL) {
                if (found[attribute.index()] != null) {
                    faults.add(place.in(name), "is there twice");
                }
                found[attribute.index()] = value(attribute, token, place);
            }
            name = parser.nextFieldName();
        }
        return shape.make(found, unknown == null ? Others.NONE : Others.of(unknown));
    }

    private @Nullable Object value(Attribute attribute, JsonToken token, Place place) throws IOException {
        Object value = switch (attribute.type()) {
            case TEXT -> values.text(token);
            case INTEGER -> values.integer(token);
            case DECIMAL -> values.decimal(token);
            case OPEN -> token == JsonToken.START_OBJECT ? asItCame() : null;
            case OBJECT ->
                token == JsonToken.START_OBJECT ? object(attribute.ofObjects(), place.in(attribute.name())) : null;
            case TEXTS -> token == JsonToken.START_ARRAY ? values.texts() : null;
            case INTEGERS -> token == JsonToken.START_ARRAY ? values.integers() : null;
            case OBJECTS -> token == JsonToken.START_ARRAY ? objects(attribute, place) : null;
        };
        if (value == null) {
            faults.add(
                    place.in(attribute.name()),
                    "wrong type, want " + attribute.type().word());
            parser.skipChildren();
        }
        return value;
    }

    private @Nullable List<Object> objects(Attribute attribute, Place place) throws IOException {
        List<Object> list = new ArrayList<>(4);
        boolean right = true;
        JsonToken token = parser.nextToken();
        for (int i = 0; token != JsonToken.END_ARRAY; i++) {
            if (token == JsonToken.START_OBJECT) {
                list.add(object(attribute.ofObjects(), place.in(attribute.name(), i)));
            } else {
                right = false;
                parser.skipChildren();
            }
            token = parser.nextToken();
        }
        return right ? List.copyOf(list) : null;
    }

    /** The value at which the parser stands, to its end. */
    private Json asItCame() throws IOException {
        int begin = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new Json(new String(bytes, begin, end - begin, StandardCharsets.UTF_8).strip());
    }
}

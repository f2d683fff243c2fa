package millrace.upstream.openrtb.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a record: its attributes in the order of the specification, then what is not known. */
final class DocumentWriter {
    private DocumentWriter() {}

    static void write(Shape<?> shape, Object holder, JsonGenerator out) throws IOException {
        out.writeStartObject();
        List<Attribute> attributes = shape.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            Object value = attribute.of(holder);
            if (value != null) {
                out.writeFieldName(attribute.written());
                write(attribute, value, out);
            }
        }
        for (Map.Entry<String, Json> other : shape.othersOf(holder).values().entrySet()) {
            out.writeFieldName(other.getKey());
            out.writeRawValue(other.getValue().text());
        }
        out.writeEndObject();
    }

    private static void write(Attribute attribute, Object value, JsonGenerator out) throws IOException {
        switch (attribute.type()) {
            case TEXT -> out.writeString((String) value);
            case INTEGER -> out.writeNumber((Integer) value);
            case DECIMAL -> out.writeNumber((BigDecimal) value);
            case OPEN -> out.writeRawValue(((Json) value).text());
            case OBJECT -> write(attribute.ofObjects(), value, out);
            case TEXTS, INTEGERS, OBJECTS -> array(attribute, (List<?>) value, out);
        }
    }

    private static void array(Attribute attribute, List<?> values, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < values.size(); i++) {
            element(attribute, values.get(i), out);
        }
        out.writeEndArray();
    }

    private static void element(Attribute attribute, @Nullable Object value, JsonGenerator out) throws IOException {
        switch (value) {
            case String text -> out.writeString(text);
            case Integer number -> out.writeNumber(number);
            case null -> out.writeNull();
            default -> write(attribute.ofObjects(), value, out);
        }
    }
}

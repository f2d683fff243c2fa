package millrace.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas as text. */
final class SchemaJson {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "avro.java.string";

    private SchemaJson() {}

    /**
     * Reads a schema that somebody else registered. Bad default values are accepted, since they were before Avro 1.9 and only a
     * reader's defaults are ever used.
     *
     * @throws IllegalArgumentException for anything that is not a schema
     */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(text);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException("not an Avro schema: " + e.getMessage(), e);
        }
    }

    /**
     * The schema as other languages see it: without the {@code avro.java.string} marks of the code generator. The registered text,
     * and so the id, is then the same whether it came from the {@code .avsc} file or from a generated class.
     */
    static String plain(Schema schema) {
        String text = schema.toString();
        if (!text.contains(MARK)) {
            return text;
        }
        try {
            return parse(withoutMarks(JSON.readTree(text)).toString()).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Avro wrote a schema that is not JSON", e);
        }
    }

    private static JsonNode withoutMarks(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                object.remove(MARK);
                for (String name : fieldNames(object)) {
                    object.set(name, withoutMarks(object.get(name)));
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, withoutMarks(array.get(i)));
                }
            }
            default -> {}
        }
        return node;
    }

    private static List<String> fieldNames(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}

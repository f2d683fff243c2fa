package millrace.connect.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Default values, in the form in which Avro wants them for a field. */
final class Presets {
    private Presets() {}

    static Object of(@Nullable Object value) {
        return switch (value) {
            case null -> JsonProperties.NULL_VALUE;
            case IndexedRecord record -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                record.getSchema().getFields().forEach(field -> fields.put(field.name(), of(record.get(field.pos()))));
                yield fields;
            }
            case Collection<?> items -> {
                List<Object> list = new ArrayList<>();
                items.forEach(item -> list.add(of(item)));
                yield list;
            }
            case Map<?, ?> entries -> {
                Map<String, Object> map = new LinkedHashMap<>();
                entries.forEach((key, item) -> map.put(key.toString(), of(item)));
                yield map;
            }
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield copy;
            }
            case GenericFixed fixed -> fixed.bytes();
            case GenericEnumSymbol<?> symbol -> symbol.toString();
            default -> value;
        };
    }
}

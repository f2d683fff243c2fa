package millrace.connect.row;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Records within lists and maps, as maps: what JSON is written of. */
public final class Plain {
    private Plain() {}

    public static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case Struct struct -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                struct.schema().fields().forEach(field -> fields.put(field.name(), of(struct.get(field))));
                yield fields;
            }
            case Collection<?> items -> {
                List<@Nullable Object> list = new ArrayList<>(items.size());
                items.forEach(item -> list.add(of(item)));
                yield list;
            }
            case Map<?, ?> entries -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                entries.forEach((key, item) -> map.put(String.valueOf(key), of(item)));
                yield map;
            }
            case null, default -> value;
        };
    }
}

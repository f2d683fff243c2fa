package millrace.upstream.openrtb.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The attributes of an object that its record does not know, in their order.
 *
 * @param values by name
 */
public record Others(SequencedMap<String, Json> values) {
    public static final Others NONE = new Others(new LinkedHashMap<>());

    public Others {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    static Others of(Map<String, Json> values) {
        return values.isEmpty() ? NONE : new Others(new LinkedHashMap<>(values));
    }
}

package millrace.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * How deep a schema lets records nest. Decoding recurses as deep as the record, and one that contains itself may take a byte a level:
 * a stack overflow would then be a short record away, and can leave a class that was just being initialised unusable for ever.
 */
final class Nesting {

    private static final int MOST_LEVELS = 64;

    private final Map<String, Integer> deepest = new HashMap<>();

    private Nesting() {}

    /** Whether a record of this schema can nest deeper than 64 levels; so can each that contains itself. */
    static boolean isTooDeep(Schema schema) {
        return new Nesting().exceeds(schema, 1);
    }

    private boolean exceeds(Schema schema, int level) {
        if (level > MOST_LEVELS) {
            return true;
        }
        return switch (schema.getType()) {
            case ARRAY -> exceeds(schema.getElementType(), level + 1);
            case MAP -> exceeds(schema.getValueType(), level + 1);
            case UNION -> anyExceeds(schema.getTypes(), level);
            case RECORD ->
                isDeeperThanSeen(schema, level)
                        && anyExceeds(
                                schema.getFields().stream()
                                        .map(Schema.Field::schema)
                                        .toList(),
                                level + 1);
            default -> false;
        };
    }

    private boolean anyExceeds(List<Schema> schemas, int level) {
        return schemas.stream().anyMatch(schema -> exceeds(schema, level));
    }

    /** A record that was looked at from as deep before has nothing new to show, which keeps the walk short. */
    private boolean isDeeperThanSeen(Schema record, int level) {
        Integer before =
                deepest.put(record.getFullName(), Math.max(level, deepest.getOrDefault(record.getFullName(), 0)));
        return before == null || before < level;
    }
}

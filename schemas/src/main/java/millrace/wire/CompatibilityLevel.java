package millrace.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;

/** The rule that a new version of a subject must keep towards the older ones, as Confluent's registry names them. */
public enum CompatibilityLevel {
    NONE(false, false, false),
    /** The new schema reads what the latest version wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest version reads what the new schema writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** The level of that name, if there is one; names are in capitals. */
    public static Optional<CompatibilityLevel> named(String name) {
        return Stream.of(values()).filter(level -> level.name().equals(name)).findFirst();
    }

    /**
     * What keeps {@code candidate} from following {@code versions}; nothing if it may.
     *
     * @param versions the subject's schemas, oldest first; only the last counts unless the level is transitive
     */
    public List<String> differences(Schema candidate, List<Schema> versions) {
        int from = transitive || versions.isEmpty() ? 0 : versions.size() - 1;
        return versions.subList(from, versions.size()).stream()
                .flatMap(old -> Stream.concat(
                        backward ? between("new schema", candidate, "old schema", old) : Stream.empty(),
                        forward ? between("old schema", old, "new schema", candidate) : Stream.empty()))
                .toList();
    }

    private static Stream<String> between(String readerName, Schema reader, String writerName, Schema writer) {
        SchemaCompatibilityResult result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        return result.getIncompatibilities().stream()
                .map(difference -> "%s at %s: the %s cannot read what the %s writes: %s"
                        .formatted(
                                difference.getType(),
                                difference.getLocation(),
                                readerName,
                                writerName,
                                difference.getMessage()));
    }
}

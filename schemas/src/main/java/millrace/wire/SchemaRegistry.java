package millrace.wire;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The registry as Millrace needs it: schemas by id for reading, ids by subject for writing.
 *
 * <p>Every method but {@link #find} may wait, at most the settings' total timeout, and throws a {@link RegistryException} of the kind
 * that says what can be done. Safe for use by any thread.
 */
public interface SchemaRegistry extends AutoCloseable {

    /** The registry that the settings name: in memory for {@code mock://name}, otherwise over HTTP. */
    static SchemaRegistry open(RegistrySettings settings) {
        var first = settings.urls().getFirst();
        return RegistrySettings.MOCK.equals(first.getScheme())
                ? InMemorySchemaRegistry.named(first.getAuthority())
                : new HttpSchemaRegistry(settings);
    }

    /**
     * What is known about an id now. Never waits, so it is the only method that a stream thread may call: when the id is new it
     * starts one look-up in the background and says {@link SchemaLookup.Pending} until that has an answer.
     */
    SchemaLookup find(int id);

    /** The schema with that id; {@link RegistryException.Unknown} if there is none or it cannot be used. */
    Schema schemaById(int id);

    /** Makes the schema a version of the subject, unless it is one already, and returns its id. */
    int register(String subject, Schema schema);

    /** The id of a schema that is a version of the subject; {@link RegistryException.Unknown} if it is not. */
    int lookUp(String subject, Schema schema);

    /** The subject's newest version; {@link RegistryException.Unknown} if it has none. */
    RegisteredSchema latest(String subject);

    /** Whether the schema may follow the subject's latest version; a subject without versions takes any. */
    Compatibility test(String subject, Schema schema);

    /** The subject's own level, else the global one. */
    CompatibilityLevel level(String subject);

    /** @param subject empty for the global level */
    void setLevel(Optional<String> subject, CompatibilityLevel level);

    List<String> subjects();

    /** Ends background work. Threads that wait for an answer get {@link RegistryException.Unavailable}. */
    @Override
    void close();
}

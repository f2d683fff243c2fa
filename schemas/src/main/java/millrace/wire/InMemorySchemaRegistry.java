package millrace.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry in this process, for tests without a network. All who open {@code mock://name} share the one of that name, closing it
 * changes nothing, and {@link #pause} makes it unavailable.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {

    private static final Map<String, InMemorySchemaRegistry> BY_NAME = new ConcurrentHashMap<>();

    private final String name;
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<RegisteredSchema>> versions = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new TreeMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;
    private boolean paused;

    private InMemorySchemaRegistry(String name) {
        this.name = name;
    }

    /** The registry of that name, made at the first call. */
    public static InMemorySchemaRegistry named(String name) {
        return BY_NAME.computeIfAbsent(name, InMemorySchemaRegistry::new);
    }

    /** From now on every look-up is pending and every other call unavailable, until {@link #resume}. */
    public synchronized void pause() {
        paused = true;
    }

    public synchronized void resume() {
        paused = false;
    }

    @Override
    public synchronized SchemaLookup find(int id) {
        if (paused) {
            return new SchemaLookup.Pending();
        }
        return isKnown(id)
                ? new SchemaLookup.Known(schemas.get(id - 1))
                : new SchemaLookup.Unknown("schema id %d is unknown to the registry".formatted(id));
    }

    @Override
    public synchronized Schema schemaById(int id) {
        available();
        if (!isKnown(id)) {
            throw new RegistryException.Unknown("schema id %d is unknown to the registry".formatted(id));
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        available();
        Optional<RegisteredSchema> present = versionOf(subject, schema);
        if (present.isPresent()) {
            return present.get().id();
        }
        if (test(subject, schema) instanceof Compatibility.Incompatible(var reasons)) {
            throw new RegistryException.Incompatible(String.join("; ", reasons));
        }
        int id = idOf(schema);
        List<RegisteredSchema> subjectVersions = versions.computeIfAbsent(subject, _ -> new ArrayList<>());
        subjectVersions.add(new RegisteredSchema(subject, subjectVersions.size() + 1, id, schema));
        return id;
    }

    @Override
    public synchronized int lookUp(String subject, Schema schema) {
        available();
        return versionOf(subject, schema)
                .orElseThrow(() -> new RegistryException.Unknown("subject " + subject + " has no such schema"))
                .id();
    }

    @Override
    public synchronized RegisteredSchema latest(String subject) {
        available();
        List<RegisteredSchema> subjectVersions = versionsOf(subject);
        if (subjectVersions.isEmpty()) {
            throw new RegistryException.Unknown("subject " + subject + " is not known");
        }
        return subjectVersions.getLast();
    }

    @Override
    public synchronized Compatibility test(String subject, Schema schema) {
        List<Schema> older =
                versionsOf(subject).stream().map(RegisteredSchema::schema).toList();
        List<String> differences = level(subject).differences(schema, older);
        return differences.isEmpty() ? new Compatibility.Compatible() : new Compatibility.Incompatible(differences);
    }

    @Override
    public synchronized CompatibilityLevel level(String subject) {
        available();
        return levels.getOrDefault(subject, globalLevel);
    }

    @Override
    public synchronized void setLevel(Optional<String> subject, CompatibilityLevel level) {
        available();
        subject.ifPresentOrElse(which -> levels.put(which, level), () -> globalLevel = level);
    }

    @Override
    public synchronized List<String> subjects() {
        available();
        return List.copyOf(versions.keySet());
    }

    @Override
    public void close() {
        // Shared by its name; lives as long as the process.
    }

    private void available() {
        if (paused) {
            throw new RegistryException.Unavailable(this + " is paused");
        }
    }

    private boolean isKnown(int id) {
        return id >= 1 && id <= schemas.size();
    }

    private List<RegisteredSchema> versionsOf(String subject) {
        return versions.getOrDefault(subject, List.of());
    }

    private Optional<RegisteredSchema> versionOf(String subject, Schema schema) {
        String text = SchemaJson.plain(schema);
        return versionsOf(subject).stream()
                .filter(version -> SchemaJson.plain(version.schema()).equals(text))
                .findFirst();
    }

    private int idOf(Schema schema) {
        String text = SchemaJson.plain(schema);
        for (int i = 0; i < schemas.size(); i++) {
            if (SchemaJson.plain(schemas.get(i)).equals(text)) {
                return i + 1;
            }
        }
        schemas.add(schema);
        return schemas.size();
    }

    @Override
    public String toString() {
        return "schema registry mock://" + name;
    }
}

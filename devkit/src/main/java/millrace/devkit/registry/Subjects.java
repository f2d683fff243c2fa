package millrace.devkit.registry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import millrace.wire.CompatibilityLevel;
import org.apache.avro.Schema;

/**
 * All that the registry holds: subjects with their versions, ids, levels and modes. An id belongs to a schema's text, whatever subject
 * it is in, and is never used again. Every method throws {@link ApiError} for what the API answers with an error.
 */
final class Subjects {

    /** A schema's place: {@code subject} and {@code version} are the field names of the API. */
    record Place(String subject, int version) {}

    private final Map<String, Subject> subjects = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private final Map<String, RegistryMode> modes = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;
    private RegistryMode globalMode = RegistryMode.READWRITE;

    synchronized List<String> names(boolean withDeleted) {
        return subjects.values().stream()
                .filter(subject -> !subject.versions(withDeleted).isEmpty())
                .map(Subject::name)
                .toList();
    }

    synchronized int register(String name, Schema schema) {
        if (mode(name, true) == RegistryMode.READONLY) {
            throw ApiError.readOnly(name);
        }
        Optional<Version> present = find(name).flatMap(subject -> subject.of(schema, false));
        if (present.isPresent()) {
            return present.get().id();
        }
        List<String> differences = differences(name, schema);
        if (!differences.isEmpty()) {
            throw ApiError.incompatible(name, String.join(", ", differences));
        }
        int id = ids.computeIfAbsent(schema.toString(), _ -> ids.size() + 1);
        return subjects.computeIfAbsent(name, Subject::new).add(id, schema).id();
    }

    synchronized Version lookUp(String name, Schema schema, boolean withDeleted) {
        return visible(name, withDeleted).of(schema, withDeleted).orElseThrow(() -> ApiError.schemaNotFound(""));
    }

    synchronized List<Version> versions(String name, boolean withDeleted) {
        return visible(name, withDeleted).versions(withDeleted);
    }

    synchronized Version version(String name, String wanted, boolean withDeleted) {
        return visible(name, withDeleted).version(wanted, withDeleted);
    }

    synchronized List<Integer> delete(String name, boolean permanent) {
        return known(name).delete(permanent);
    }

    synchronized int deleteVersion(String name, String wanted, boolean permanent) {
        return known(name).delete(wanted, permanent);
    }

    /** A schema whose versions are all hidden is still found: records that were written with it must stay readable. */
    synchronized Schema schema(String id) {
        return places(id, true).values().iterator().next().schema();
    }

    synchronized List<Place> places(String id) {
        return List.copyOf(places(id, false).keySet());
    }

    private Map<Place, Version> places(String id, boolean withDeleted) {
        var places = new LinkedHashMap<Place, Version>();
        for (Subject subject : subjects.values()) {
            for (Version version : subject.versions(withDeleted)) {
                if (String.valueOf(version.id()).equals(id)) {
                    places.put(new Place(subject.name(), version.number()), version);
                }
            }
        }
        if (places.isEmpty()) {
            throw ApiError.schemaNotFound(" " + id);
        }
        return places;
    }

    /** What keeps the schema from being the next version; by the subject's level. */
    synchronized List<String> differences(String name, Schema schema) {
        List<Schema> older = find(name).map(subject -> subject.versions(false)).orElse(List.of()).stream()
                .map(Version::schema)
                .toList();
        return level(name, true).differences(schema, older);
    }

    /** As {@link #differences(String, Schema)}, towards one version only. The latest of a subject without versions takes any. */
    synchronized List<String> differences(String name, String wanted, Schema schema) {
        if (Subject.isLatest(wanted)
                && find(name).map(subject -> subject.versions(false).isEmpty()).orElse(true)) {
            return List.of();
        }
        return level(name, true)
                .differences(schema, List.of(version(name, wanted, false).schema()));
    }

    synchronized CompatibilityLevel globalLevel() {
        return globalLevel;
    }

    synchronized void setGlobalLevel(CompatibilityLevel level) {
        globalLevel = level;
    }

    synchronized CompatibilityLevel level(String name, boolean defaultToGlobal) {
        CompatibilityLevel own = levels.get(name);
        if (own == null && !defaultToGlobal) {
            throw ApiError.noLevelOf(name);
        }
        return own == null ? globalLevel : own;
    }

    synchronized void setLevel(String name, CompatibilityLevel level) {
        levels.put(name, level);
    }

    synchronized CompatibilityLevel removeLevel(String name) {
        CompatibilityLevel removed = level(name, false);
        levels.remove(name);
        return removed;
    }

    synchronized RegistryMode globalMode() {
        return globalMode;
    }

    synchronized void setGlobalMode(RegistryMode mode) {
        globalMode = mode;
    }

    synchronized RegistryMode mode(String name, boolean defaultToGlobal) {
        RegistryMode own = modes.get(name);
        if (own == null && !defaultToGlobal) {
            throw ApiError.noModeOf(name);
        }
        return own == null ? globalMode : own;
    }

    synchronized void setMode(String name, RegistryMode mode) {
        modes.put(name, mode);
    }

    private Optional<Subject> find(String name) {
        return Optional.ofNullable(subjects.get(name));
    }

    /** With versions, hidden ones included. */
    private Subject known(String name) {
        return visible(name, true);
    }

    private Subject visible(String name, boolean withDeleted) {
        return find(name)
                .filter(subject -> !subject.versions(withDeleted).isEmpty())
                .orElseThrow(() -> ApiError.subjectNotFound(name));
    }
}

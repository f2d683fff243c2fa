package millrace.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Fault;

/** Values by the full name of their setting, as their sources wrote them, with what could not even be read. */
final class WrittenSettings {
    private static final Map<String, Setting<?>> BY_NAME = new LinkedHashMap<>();
    private static final List<Setting<?>> TABLES = new ArrayList<>();

    static {
        for (Setting<?> setting : Settings.all()) {
            if (setting.kind().shape() == Kind.Shape.TABLE) {
                TABLES.add(setting);
            } else {
                BY_NAME.put(setting.name(), setting);
            }
        }
    }

    private final Map<String, Written> values = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    /** A value for a name; it replaces one of an earlier source. */
    void put(String name, Written written) {
        if (BY_NAME.containsKey(name) || table(name).isPresent()) {
            values.put(name, written);
        } else {
            fault(written.where(), "unknown setting " + name + NearestName.hint(name, BY_NAME.keySet()));
        }
    }

    void fault(String where, String message) {
        faults.add(new Fault(where, message));
    }

    List<Fault> faults() {
        return faults;
    }

    Optional<Written> value(Setting<?> setting) {
        return Optional.ofNullable(values.get(setting.name()));
    }

    /** What a table setting holds, by its own keys. */
    Map<String, Written> entries(Setting<?> table) {
        Map<String, Written> entries = new LinkedHashMap<>();
        String prefix = table.name() + ".";
        values.forEach((name, written) -> {
            if (name.startsWith(prefix)) {
                entries.put(name.substring(prefix.length()), written);
            }
        });
        return entries;
    }

    private static Optional<Setting<?>> table(String name) {
        return TABLES.stream()
                .filter(table -> name.startsWith(table.name() + "."))
                .findFirst();
    }
}

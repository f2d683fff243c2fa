package millrace.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code MILLRACE_DECISION_DEADLINE} and the like. A variable that names no setting is left alone, not refused: Kubernetes sets
 * {@code MILLRACE_SERVICE_HOST} and more in every pod beside a service called millrace.
 */
final class Environment {
    private static final Map<String, String> NAMES = Settings.all().stream()
            .filter(setting -> setting.kind().shape() != Kind.Shape.TABLE)
            .collect(Collectors.toMap(Setting::environmentVariable, Setting::name));

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    void into(WrittenSettings settings) {
        new TreeMap<>(variables).forEach((variable, text) -> {
            String name = name(variable);
            if (!name.isEmpty()) {
                settings.put(name, Written.of(text, "environment variable " + variable));
            }
        });
    }

    private static String name(String variable) {
        String name = NAMES.getOrDefault(variable, "");
        return name.isEmpty() ? entryOfTable(variable) : name;
    }

    /** Kafka's own settings have dots where the variable has underscores. */
    private static String entryOfTable(String variable) {
        for (Setting<?> table : List.of(Settings.KAFKA_CLIENT, Settings.KAFKA_STREAMS)) {
            String prefix = table.environmentVariable() + "_";
            if (variable.startsWith(prefix)) {
                String key = variable.substring(prefix.length());
                return table.name() + "." + key.toLowerCase(Locale.ROOT).replace('_', '.');
            }
        }
        return "";
    }
}

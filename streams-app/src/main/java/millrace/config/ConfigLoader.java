package millrace.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.check.Checked;
import millrace.check.Fault;

/** Makes a {@link Config} of its sources, or says everything that is wrong with them. */
public final class ConfigLoader {
    private static final String FILE = "file:";

    private final ConfigSources sources;
    private final WrittenSettings written = new WrittenSettings();

    private ConfigLoader(ConfigSources sources) {
        this.sources = sources;
    }

    public static Checked<Config> load(ConfigSources sources) {
        return new ConfigLoader(sources).load();
    }

    private Checked<Config> load() {
        sources.file().ifPresent(path -> new TomlFile(path, written).read());
        new Environment(sources.environment()).into(written);
        sources.sets().forEach(this::set);
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            values.put(setting, setting.kind().shape() == Kind.Shape.TABLE ? table(setting) : value(setting));
        }
        Config config = new Config(values);
        List<Fault> faults = written.faults();
        if (faults.isEmpty()) {
            faults = ConfigRules.faults(config);
        }
        return faults.isEmpty() ? new Checked.Valid<>(config) : new Checked.Invalid<>(faults);
    }

    private void set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            written.fault("--set " + assignment, "must be of the form key=value");
            return;
        }
        String name = assignment.substring(0, equals);
        written.put(name, Written.of(assignment.substring(equals + 1), "--set " + name));
    }

    private Object value(Setting<?> setting) {
        return written.value(setting).map(given -> given(setting, given)).orElseGet(() -> Config.initial(setting));
    }

    private Object given(Setting<?> setting, Written given) {
        try {
            return (setting.kind().shape().isSecret() ? revealed(given) : given).parse(setting.kind());
        } catch (IllegalArgumentException e) {
            written.fault(given.where(), setting + " is " + given.shown(setting.kind()) + ": " + e.getMessage());
            return Config.initial(setting);
        }
    }

    private Map<String, String> table(Setting<?> setting) {
        Map<String, String> table = new LinkedHashMap<>();
        written.entries(setting).forEach((key, given) -> {
            try {
                table.put(key, String.join(",", revealed(given).items()));
            } catch (IllegalArgumentException e) {
                written.fault(given.where(), setting + "." + key + ": " + e.getMessage());
            }
        });
        return table;
    }

    /** With the content of the files that {@code file:/path} names. */
    private static Written revealed(Written given) {
        return new Written(given.items().stream().map(ConfigLoader::revealed).toList(), given.array(), given.where());
    }

    private static String revealed(String item) {
        if (!item.startsWith(FILE)) {
            return item;
        }
        Path path = Path.of(item.substring(FILE.length()));
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("file " + path + " cannot be read", e);
        }
    }
}

package millrace.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** A value for every setting: given, or the default. All are within their range. */
public final class Config {
    private final Map<Setting<?>, Object> values;

    Config(Map<Setting<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** Every setting at its default. */
    public static Config defaults() {
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        Settings.all().forEach(setting -> values.put(setting, initial(setting)));
        return new Config(values);
    }

    static Object initial(Setting<?> setting) {
        return Written.of(setting.initial(), "default").parse(setting.kind());
    }

    @SuppressWarnings("unchecked") // The value was made by the setting's own kind.
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("setting " + setting + " is not in the registry of settings");
        }
        return (T) value;
    }

    /** This, with one value changed; not checked. */
    public <T> Config with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(setting, value);
        return new Config(changed);
    }
}

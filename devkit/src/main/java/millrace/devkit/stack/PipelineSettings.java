package millrace.devkit.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.config.Setting;

/**
 * The settings of a pipeline as a user would write them, so that the same ones make a pipeline in this process and one in a
 * process of its own.
 *
 * @param written values by the setting's name; all others are at their default
 */
public record PipelineSettings(Map<String, String> written) {
    public static final PipelineSettings DEFAULTS = new PipelineSettings(Map.of());

    public PipelineSettings {
        written = Map.copyOf(written);
    }

    public PipelineSettings with(Setting<?> setting, Object value) {
        return with(setting.name(), value);
    }

    /** @param name also of an entry of a table: {@code kafka.streams.num.stream.threads} */
    public PipelineSettings with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(written);
        more.put(name, value.toString());
        return new PipelineSettings(more);
    }

    /** @throws IllegalArgumentException naming everything that is wrong */
    public Config config() {
        List<String> sets = written.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        return switch (ConfigLoader.load(new ConfigSources(Optional.empty(), Map.of(), sets))) {
            case Checked.Valid<Config>(Config config) -> config;
            case Checked.Invalid<Config>(List<Fault> faults) ->
                throw new IllegalArgumentException(
                        faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        };
    }

    /** As {@code millrace.toml}. */
    public String toml() {
        return new TreeMap<>(written)
                .entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\" = \""
                                + entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
                        .collect(Collectors.joining());
    }
}

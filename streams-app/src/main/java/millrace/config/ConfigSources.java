package millrace.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where values come from; a later one wins.
 *
 * @param file {@code millrace.toml}
 * @param environment of the process; {@code MILLRACE_*} are read
 * @param sets {@code key=value} of the command line
 */
public record ConfigSources(Optional<Path> file, Map<String, String> environment, List<String> sets) {

    public ConfigSources {
        environment = Map.copyOf(environment);
        sets = List.copyOf(sets);
    }
}

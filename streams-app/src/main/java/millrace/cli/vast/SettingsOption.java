package millrace.cli.vast;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.RoomSettings;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.cli.CommandFailure;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.config.Settings;
import millrace.upstream.UpstreamSettings;
import picocli.CommandLine.Option;

/** Whose limits count: those of a deployment's configuration. */
final class SettingsOption {
    private final Map<String, String> environment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "Configuration (millrace.toml) whose upstream.* and decision.documents.max count. Without one: the defaults, and MILLRACE_* of the environment.")
    private Optional<Path> file = Optional.empty();

    SettingsOption(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws CommandFailure listing everything that is wrong with the configuration */
    UpstreamSettings upstream() {
        return new RoomSettings(config()).upstream();
    }

    /**
     * Most documents that one request may ask for.
     *
     * @throws CommandFailure listing everything that is wrong with the configuration
     */
    int documents() {
        return config().get(Settings.DECISION_DOCUMENTS_MAX);
    }

    private Config config() {
        return switch (ConfigLoader.load(new ConfigSources(file, environment, List.of()))) {
            case Checked.Valid<Config>(Config config) -> config;
            case Checked.Invalid<Config>(List<Fault> faults) ->
                throw CommandFailure.invalid(faults, "the configuration was not taken");
        };
    }
}

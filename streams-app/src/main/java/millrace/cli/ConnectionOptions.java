package millrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import picocli.CommandLine.Option;

/** Where the brokers and the registry are: a configuration file, the environment, and what the command line adds. */
public final class ConnectionOptions {
    private final Map<String, String> environment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "Configuration (millrace.toml). Without one: the defaults, and MILLRACE_* of the environment.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT[,...]",
            description = "Kafka brokers; the same as --set kafka.bootstrap.servers=... (default: 127.0.0.1:9092).")
    private Optional<String> bootstrap = Optional.empty();

    @Option(
            names = "--registry",
            paramLabel = "URL[,...]",
            description = "Schema registry; the same as --set registry.urls=... (default: http://127.0.0.1:8081).")
    private Optional<String> registry = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "One setting; wins over file and environment. May be repeated.")
    private List<String> sets = new ArrayList<>();

    public ConnectionOptions() {
        this(System.getenv());
    }

    ConnectionOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws CommandFailure listing everything that is wrong with it */
    public Config config() {
        List<String> all = new ArrayList<>(sets);
        bootstrap.ifPresent(servers -> all.add("kafka.bootstrap.servers=" + servers));
        registry.ifPresent(urls -> all.add("registry.urls=" + urls));
        return switch (ConfigLoader.load(new ConfigSources(file, environment, all))) {
            case Checked.Valid<Config>(Config config) -> config;
            case Checked.Invalid<Config>(List<Fault> faults) ->
                throw CommandFailure.invalid(faults, "the configuration was not taken");
        };
    }
}

package millrace.cli.vast;

import java.time.Duration;
import java.util.Optional;
import millrace.config.Durations;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a person waits for the network. */
final class WaitOption {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Longest wait, all redirects and wrappers of a URL together, such as 500ms (default: 5s).")
    private Optional<String> timeout = Optional.empty();

    Duration time() {
        return timeout.map(this::parsed).orElse(Duration.ofSeconds(5));
    }

    private Duration parsed(String text) {
        try {
            Duration wait = Durations.parse(text);
            if (wait.isPositive() && wait.compareTo(LONGEST) <= 0) {
                return wait;
            }
        } catch (IllegalArgumentException e) {
            throw usage(text + "'; " + e.getMessage());
        }
        throw usage(text + "'; allowed is 1ms to " + Durations.format(LONGEST));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), "--timeout is '" + message);
    }
}

package millrace.devkit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import millrace.cli.CliCommand;
import java.util.function.Consumer;
import java.util.stream.Stream;
import millrace.config.Calls;
import millrace.devkit.load.AnswerReader;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.upstreams.Latency;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}. Figures on standard output, progress on standard error; exit code 0 if it ran, 1 if not, 2 for a wrong option. */
@Command(
        name = "bench",
        description = "Measures what one pipeline holds: open loop, latency from the moment a request was due.",
        mixinStandardHelpOptions = true)
public final class Bench implements CliCommand {

    @Option(names = "--rate", defaultValue = "1000", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Length of the measured part (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description =
                    "Length of the part before it, at the same rate, that no figure counts (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--upstream-latency",
            defaultValue = "50ms",
            description =
                    "Of the simulated upstream: 50ms, 5ms..35ms or lognormal(40ms,0.5) (default: ${DEFAULT-VALUE}).")
    private String upstreamLatency = "";

    @Option(
            names = "--mode",
            defaultValue = "async",
            description = "How upstreams are called: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Calls mode = Calls.ASYNC;

    @Option(
            names = "--read",
            defaultValue = "committed",
            description = "Which answers count: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AnswerReader reader = AnswerReader.COMMITTED;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--partitions",
            defaultValue = "8",
            description = "Partitions of ad-requests (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--users", defaultValue = "10000", description = "Different users (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(names = "--json", description = "One line of JSON instead of a table.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlan plan = plan();
        Path directory = Files.createTempDirectory("millrace-bench-");
        Consumer<String> progress = System.err::println;
        try {
            BenchReport report = new BenchRun(plan, PipelineCommand::of, directory, progress, new SecureRandom()).run();
            System.out.print(json ? report.json() + "\n" : report.table());
            return 0;
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return 1;
        } finally {
            delete(directory);
        }
    }

    BenchPlan plan() {
        try {
            var plan = new BenchPlan(
                    rate,
                    Duration.ofSeconds(warmUpSeconds),
                    Duration.ofSeconds(seconds),
                    users,
                    Latency.parse(upstreamLatency),
                    mode,
                    reader,
                    threads,
                    partitions);
            // Refuses what cannot be loaded before anything is started.
            plan.load();
            return plan;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

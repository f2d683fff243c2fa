package millrace.devkit.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.cli.Progress;
import millrace.cli.Surroundings;
import millrace.config.Calls;
import millrace.devkit.load.AnswerReader;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.upstreams.Latency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}. */
@Command(
        name = "bench",
        subcommands = RestoreBench.class,
        description = {
            "Measure what one pipeline holds on this machine, with broker, upstreams and load beside it.",
            "Open loop: a latency counts from the moment at which the request was due."
        })
public final class Bench implements CliCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
            defaultValue = "100",
            description =
                    "Length of the part before it, in which the rate rises and which no figure counts (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--upstream-latency",
            paramLabel = "LATENCY",
            defaultValue = "50ms",
            description = "50ms, 5ms..35ms or lognormal(40ms,0.5) (default: ${DEFAULT-VALUE}).")
    private String upstreamLatency = "";

    @Option(
            names = "--mode",
            defaultValue = "async",
            description = "How upstreams are called: async or blocking (default: ${DEFAULT-VALUE}).")
    private String mode = "";

    @Option(
            names = "--read",
            defaultValue = "committed",
            description = "Which answers the reader sees: committed or uncommitted (default: ${DEFAULT-VALUE}).")
    private String read = "";

    @Option(
            names = "--bidders",
            defaultValue = "0",
            description =
                    "OpenRTB bidders that compete for a video slot, instead of one VAST server (default: ${DEFAULT-VALUE}).")
    private int bidders;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--partitions",
            defaultValue = "2",
            description = "Partitions of ad-requests (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--users", defaultValue = "10000", description = "Different users (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--gateway",
            description =
                    "Ask over HTTP, as players do: a gateway stands before the pipeline, as a process of its own.")
    private boolean gateway;

    @Option(
            names = "--then",
            paramLabel = "RATE",
            description = "After it, the same at this rate, in the same processes; may be repeated.")
    private List<Integer> then = List.of();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the pipeline and the gateway; may be repeated.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--json", description = "One line of JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<BenchReport> reports = measured(plan());
        PrintWriter out = spec.commandLine().getOut();
        reports.forEach(report -> out.print(json ? report.json() + "\n" : report.table()));
        out.flush();
        return ExitCode.OK;
    }

    private List<BenchReport> measured(BenchPlan plan) throws IOException, InterruptedException {
        Surroundings around = Surroundings.ofProcess();
        Path directory = Files.createTempDirectory("millrace-bench-");
        try (Progress progress = new Progress(spec.commandLine().getErr(), around.terminal(), around.clock())) {
            return new BenchRun(plan, PipelineCommand::of, directory, progress::at, around.random()).run(then);
        } catch (IllegalStateException e) {
            // A part did not come up, and the message says which and why.
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
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
                    oneOf("--mode", mode, Calls.class),
                    oneOf("--read", read, AnswerReader.class),
                    bidders,
                    threads,
                    partitions,
                    gateway ? BenchPlan.Door.GATEWAY : BenchPlan.Door.KAFKA,
                    settings);
            // Refuses what cannot be loaded before anything is started.
            plan.load();
            return plan;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private static <E extends Enum<E>> E oneOf(String option, String value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is '" + value + "'; allowed is "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))));
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package millrace.devkit.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.config.Guarantee;
import millrace.devkit.stack.ServiceLogs;
import millrace.devkit.stack.TemporaryFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace chaos}. */
@Command(
        name = "chaos",
        description = {
            "Kills, stops, pauses and poisons a pipeline of real processes under load, and judges what was committed.",
            "Ends with 0 only if nothing was lost, answered twice, shown beyond a cap, overspent or billed twice."
        })
public final class ChaosCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--duration",
            defaultValue = "2m",
            description = "Of the load: 90s, 2m, 1h (default: ${DEFAULT-VALUE}).")
    private String duration = "";

    @Option(
            names = "--instances",
            defaultValue = "3",
            description = "Pipeline processes, 1 to 9 (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(names = "--rate", defaultValue = "60", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--guarantee",
            defaultValue = "exactly_once_v2",
            description = "exactly_once_v2 or at_least_once (default: ${DEFAULT-VALUE}).")
    private Guarantee guarantee = Guarantee.EXACTLY_ONCE_V2;

    @Option(
            names = "--faults",
            paramLabel = "FAULT,...",
            description = "Only these (default: all); 'none' is the load alone.")
    private Optional<String> faults = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the timetable, the requests and the viewers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report there.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--list", description = "Show the faults and the timetable, and do nothing.")
    private boolean list;

    @Option(names = "--keep", description = "Keep the folder with logs and data; a run that is not clean always does.")
    private boolean keep;

    @Override
    public Integer call() throws IOException {
        ChaosPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            list(plan, out);
            return ExitCode.OK;
        }
        ServiceLogs.hide();
        TemporaryFolder folder = TemporaryFolder.create("millrace-chaos-");
        ChaosReport report = report(plan, folder, out);
        if (json.isPresent()) {
            Files.writeString(json.get(), ChaosJson.text(report));
        }
        say(out, "");
        ChaosText.lines(report).forEach(line -> say(out, line));
        if (report.isClean() && !keep) {
            folder.close();
        } else {
            say(out, "logs and data are kept in " + folder.path());
        }
        say(out, "");
        say(out, report.isClean() ? "clean" : "NOT CLEAN");
        return report.isClean() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static ChaosReport report(ChaosPlan plan, TemporaryFolder folder, PrintWriter out) {
        say(
                out,
                "%s for %d s at %d requests a second, seed %d"
                        .formatted(
                                plan.guarantee().name().toLowerCase(Locale.ROOT),
                                plan.duration().toSeconds(),
                                plan.rate(),
                                plan.seed()));
        ChaosRun run = new ChaosRun(plan, folder.path(), InstantSource.system(), line -> say(out, line));
        // When somebody ends this process. Should it be killed, the children see their input end.
        Thread cleaner = new Thread(() -> endEarly(run, folder, out), "chaos-end");
        Runtime.getRuntime().addShutdownHook(cleaner);
        try (run) {
            ChaosReport report = run.run().report();
            Runtime.getRuntime().removeShutdownHook(cleaner);
            return report;
        } catch (IllegalStateException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    List.of(String.valueOf(e.getMessage()), "logs and data are kept in " + folder.path()));
        }
    }

    private static void endEarly(ChaosRun run, TemporaryFolder folder, PrintWriter out) {
        run.close();
        say(out, "ended early: all processes are ended; logs and data are kept in " + folder.path());
    }

    private static void list(ChaosPlan plan, PrintWriter out) {
        for (Fault fault : Fault.values()) {
            say(out, "%-12s %s".formatted(fault.word(), fault.description()));
        }
        Timetable timetable = Timetable.of(plan);
        say(out, "");
        say(out, "seed " + plan.seed() + ", alone:  " + steps(timetable.alone()));
        say(out, "seed " + plan.seed() + ", beside: " + steps(timetable.beside()));
    }

    private static String steps(List<Step> steps) {
        return steps.stream().map(Step::toString).map(String::strip).collect(Collectors.joining(", "));
    }

    ChaosPlan plan() {
        try {
            return new ChaosPlan(seconds(duration), instances, rate, guarantee, faults(), seed);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private List<Fault> faults() {
        return faults.map(words -> words.equals("none") ? List.<Fault>of() : Fault.parse(words))
                .orElseGet(() -> Arrays.asList(Fault.values()));
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,6}[smh]")) {
            throw new IllegalArgumentException(
                    "--duration is '" + text + "'; allowed is a number of s, m or h: 90s, 2m");
        }
        return Duration.parse("PT" + text);
    }

    private static synchronized void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}

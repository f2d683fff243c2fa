package millrace.cli.rotation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.rotation.PluginJars;
import millrace.rotation.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets a pool share requests in a world that a file describes. The same rotation that the pipeline has; nothing is contacted. */
@Command(
        name = "simulate",
        description = {
            "Let a pool share requests in a world that a file describes, and print share, latency and failures of each upstream.",
            "The file: upstreams and one campaign with a pool as `apply` takes them, a line ---, and the world. The same seed gives the same."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int MOST = 10_000_000;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--pool",
            required = true,
            paramLabel = "FILE",
            description = "Pool and world, as examples/rotation.yaml.")
    private Path file = Path.of("");

    @Option(names = "--requests", required = true, paramLabel = "N", description = "How many, 1 to 10000000.")
    private int requests;

    @Option(names = "--seed", required = true, paramLabel = "S", description = "Where chance begins.")
    private long seed;

    @Option(
            names = "--plugins",
            paramLabel = "PATH",
            description = "A jar or folder with selectors and filters of others. May be repeated.")
    private List<Path> from = new ArrayList<>();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    SimulateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (requests < 1 || requests > MOST) {
            throw new ParameterException(spec.commandLine(), "--requests is " + requests + "; allowed is 1 to " + MOST);
        }
        Plugins plugins = switch (PluginJars.load("--plugins", from)) {
            case Checked.Valid<Plugins>(Plugins loaded) -> loaded;
            case Checked.Invalid<Plugins>(List<Fault> faults) ->
                throw CommandFailure.invalid(faults, "nothing was simulated");
        };
        SimulatedWorld world = switch (SimulatedWorld.read(file.toString(), text(), plugins.names(), environment)) {
            case Checked.Valid<SimulatedWorld>(SimulatedWorld read) -> read;
            case Checked.Invalid<SimulatedWorld>(List<Fault> faults) ->
                throw CommandFailure.invalid(faults, "nothing was simulated");
        };
        PoolSimulation simulation = new PoolSimulation(world, plugins, seed);
        List<PoolSimulation.Share> shares = simulation.run(requests);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, shares);
        } else {
            printText(out, shares);
        }
        if (simulation.pluginFailures() > 0) {
            spec.commandLine()
                    .getErr()
                    .println("plugins failed " + simulation.pluginFailures() + " times, the last time "
                            + simulation.lastPluginFailure());
            spec.commandLine().getErr().flush();
        }
        out.flush();
        return ExitCode.OK;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.invalid(List.of(new Fault(file.toString(), "no such file")), "nothing was simulated");
        } catch (CharacterCodingException e) {
            throw CommandFailure.invalid(List.of(new Fault(file.toString(), "is not UTF-8")), "nothing was simulated");
        } catch (IOException e) {
            throw CommandFailure.invalid(
                    List.of(new Fault(file.toString(), "cannot be read: " + e.getMessage())), "nothing was simulated");
        }
    }

    private void printText(PrintWriter out, List<PoolSimulation.Share> shares) {
        out.printf(
                Locale.ROOT,
                "%-30s %10s %8s %10s %10s %10s%n",
                "upstream",
                "requests",
                "share",
                "mean ms",
                "p95 ms",
                "failures");
        for (PoolSimulation.Share share : shares) {
            out.printf(
                    Locale.ROOT,
                    "%-30s %10d %7.2f%% %10.1f %10.1f %10d%n",
                    share.upstream(),
                    share.requests(),
                    100.0 * share.requests() / requests,
                    share.meanMillis(),
                    share.p95Millis(),
                    share.failures());
        }
        out.println("nobody to ask: " + (requests - asked(shares)));
    }

    private void printJson(PrintWriter out, List<PoolSimulation.Share> shares) {
        StringBuilder line = new StringBuilder("{\"requests\":" + requests + ",\"seed\":" + seed + ",\"upstreams\":[");
        for (PoolSimulation.Share share : shares) {
            line.append(line.charAt(line.length() - 1) == '[' ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"upstream\":\"%s\",\"requests\":%d,\"share\":%.4f,\"meanMillis\":%.1f,\"p95Millis\":%.1f,\"failures\":%d}",
                            share.upstream(),
                            share.requests(),
                            (double) share.requests() / requests,
                            share.meanMillis(),
                            share.p95Millis(),
                            share.failures()));
        }
        out.println(
                line.append("],\"nobody\":").append(requests - asked(shares)).append('}'));
    }

    private static int asked(List<PoolSimulation.Share> shares) {
        return shares.stream().mapToInt(PoolSimulation.Share::requests).sum();
    }
}

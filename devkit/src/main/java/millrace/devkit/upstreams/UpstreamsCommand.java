package millrace.devkit.upstreams;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.devkit.http.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace upstreams}: the simulated upstreams as a process of their own. Prints one line once it listens, and serves until it is ended. */
@Command(
        name = "upstreams",
        description =
                "Simulates ad servers: VAST tags and OpenRTB bidders with latency and faults, steered at /control.")
public final class UpstreamsCommand implements CliCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Port on 127.0.0.1; 0 is any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--seed", defaultValue = "1", description = "Of latencies and faults (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--define",
            paramLabel = "NAME[?KNOB=VALUE&...]",
            description =
                    "An upstream, for example 'north?ads=5&wrappers=2&latency=5ms..35ms'; may be repeated. Others can be "
                            + "defined later by PUT /control/NAME.")
    private List<String> definitions = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        try (var upstreams = SimulatedUpstreams.start(port, seed)) {
            definitions.forEach(definition -> define(upstreams, definition));
            PrintWriter out = spec.commandLine().getOut();
            out.println("upstreams listening on 127.0.0.1:" + upstreams.port());
            out.flush();
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    static void define(SimulatedUpstreams upstreams, String definition) {
        int mark = definition.indexOf('?');
        String name = mark < 0 ? definition : definition.substring(0, mark);
        String knobs = mark < 0 ? "" : definition.substring(mark + 1);
        Map<String, String> query = new Request("PUT", "/control/" + name, knobs, Map.of(), "").query();
        upstreams.define(name, Knobs.turned(Behaviour.ofTenAds(name), query, name));
    }
}

package millrace.devkit.dev;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.devkit.stack.Ports;
import millrace.devkit.stack.ServiceLogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace dev}. */
@Command(
        name = "dev",
        description = {
            "Runs Kafka, a schema registry, simulated upstreams, the pipeline with the example campaigns and a gateway, until Ctrl-C.",
            "Kafka 9092, registry 8081, admin 8088, upstreams 8090, gateway 8080, all on 127.0.0.1. State is forgotten at the end."
        })
public final class DevCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--quiet", description = "No demo traffic.")
    private boolean quiet;

    @Option(
            names = "--services-only",
            description = "No pipeline and no traffic: for a pipeline that runs elsewhere. It has to be told"
                    + " upstream.allow=127.0.0.1 to ask the simulated upstreams.")
    private boolean servicesOnly;

    @Option(
            names = "--free-ports",
            description = "Any free ports instead, so that it stands beside another; the lines say which.")
    private boolean freePorts;

    @Override
    public Integer call() throws InterruptedException {
        Ports ports = freePorts ? Ports.FREE.withGateway(Ports.anyFree()) : Ports.WELL_KNOWN;
        List<String> taken = ports.taken();
        if (!taken.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "in use: port " + String.join(", port ", taken) + "; end what listens there, then try again");
        }
        ServiceLogs.hide();
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> askToEnd(end, ended), "dev-end"));
        try (DevStack stack = DevStack.start(ports, InstantSource.system(), line -> say(out, line))) {
            if (!servicesOnly) {
                stack.decide();
            }
            say(out, "ready; Ctrl-C ends it");
            if (!servicesOnly && !quiet) {
                stack.trickle();
            }
            end.await();
            say(out, "stopping");
        } finally {
            ended.countDown();
        }
        return ExitCode.OK;
    }

    /** The process is ended by whoever asked once this returns, so it waits for everything to be stopped. */
    private static void askToEnd(CountDownLatch end, CountDownLatch ended) {
        end.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}

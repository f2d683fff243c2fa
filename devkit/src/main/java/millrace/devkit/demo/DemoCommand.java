package millrace.devkit.demo;

import java.io.PrintWriter;
import java.time.InstantSource;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.devkit.stack.ServiceLogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        description = {
            "Shows Millrace at work in about half a minute: starts Kafka, a schema registry, simulated upstreams and the "
                    + "pipeline in one process, applies the example campaigns, lets fictitious viewers ask for ads, and prints "
                    + "every decision and a summary.",
            "Needs no network and leaves nothing behind."
        })
public final class DemoCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--requests",
            defaultValue = "500",
            description = "Ad requests, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--viewers",
            defaultValue = "60",
            description = "Fictitious users, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(names = "--seed", defaultValue = "1", description = "Of who asks for what (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        requireRange("--requests", requests);
        requireRange("--viewers", viewers);
        ServiceLogs.hide();
        PrintWriter out = spec.commandLine().getOut();
        if (!new Demo(requests, viewers, seed, InstantSource.system(), out).run()) {
            throw new CommandFailure(ExitCode.FAILED, "not every request was answered");
        }
        return ExitCode.OK;
    }

    private static void requireRange(String option, int value) {
        if (value < 1 || value > 100_000) {
            throw new CommandFailure(ExitCode.USAGE, option + " is " + value + "; allowed is 1 to 100000");
        }
    }
}

package millrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import millrace.StartRefused;
import millrace.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the pipeline until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Run the pipeline until it is told to stop (SIGTERM, Ctrl-C).",
            "It waits for brokers and registry, creates missing topics, and refuses to start on topics that would break it.",
            "Told to stop, it waits stop.finish for what is in flight and hands its partitions over within stop.within; the exit",
            "code is then the signal's (143 for SIGTERM), or 1 when it was not in time.%n"
        })
final class RunCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    RunCommand(Surroundings around) {
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = connection.config();
        PrintWriter err = spec.commandLine().getErr();
        try (millrace.Pipeline pipeline = started(config, err)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(pipeline, err), "stop"));
            err.println("millrace run: starting; health and metrics on port " + pipeline.adminPort());
            err.flush();
            pipeline.awaitEnd();
            return pipeline.isStopped() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** On a signal. The exit code is then the signal's (143 for SIGTERM), unless the stop was not in time. */
    private static void stop(millrace.Pipeline pipeline, PrintWriter err) {
        pipeline.close();
        if (!pipeline.isHandedOver()) {
            err.println("millrace run: not stopped in time; its partitions are taken up after streams.session.timeout");
            err.flush();
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }

    private static millrace.Pipeline started(Config config, PrintWriter err) throws IOException {
        try {
            return millrace.Pipeline.start(config, line -> {
                err.println("millrace run: " + line);
                err.flush();
            });
        } catch (StartRefused refused) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    List.of(String.valueOf(refused.getMessage()).split("\n")));
        }
    }
}

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
            "It waits for brokers and registry, creates missing topics, and refuses to start on topics that would break it.%n"
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
            Thread stopper = new Thread(pipeline::close, "stop");
            Runtime.getRuntime().addShutdownHook(stopper);
            err.println("millrace run: starting; health and metrics on port " + pipeline.adminPort());
            err.flush();
            pipeline.awaitEnd();
            return pipeline.isStopped() ? ExitCode.OK : ExitCode.FAILED;
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

package millrace.notifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import millrace.StartRefused;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ConnectionOptions;
import millrace.cli.ExitCode;
import millrace.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a notifier until it is told to stop. */
@Command(
        name = "notifier",
        description = {
            "Call the URLs that committed notices owe somebody a call to, until it is told to stop (SIGTERM, Ctrl-C).",
            "Win, loss and error notices are called at least once, billing notices at most once. Several may run side by side.%n"
        })
public final class NotifierCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = connection.config();
        PrintWriter err = spec.commandLine().getErr();
        try (Notifier notifier = started(config, err)) {
            Runtime.getRuntime().addShutdownHook(new Thread(notifier::close, "stop"));
            say(err, "starting; health and metrics on port " + notifier.adminPort());
            notifier.awaitEnd();
            return ExitCode.OK;
        }
    }

    private static Notifier started(Config config, PrintWriter err) throws IOException {
        try {
            return Notifier.start(config, line -> say(err, line));
        } catch (StartRefused refused) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    List.of(String.valueOf(refused.getMessage()).split("\n")));
        }
    }

    private static void say(PrintWriter err, String line) {
        err.println("millrace notifier: " + line);
        err.flush();
    }
}

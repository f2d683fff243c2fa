package millrace.gateway;

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

/** Runs a gateway until it is told to stop. */
@Command(
        name = "gateway",
        description = {
            "Run an HTTP gateway until it is told to stop (SIGTERM, Ctrl-C): ad requests as VAST, VMAP, OpenRTB or JSON, and beacons.",
            "Several may run side by side, at most as many as ad-replies has partitions. Told to stop, it says that it is not ready",
            "(gateway.stop.notice), takes no more connections, and lets requests in flight end (gateway.stop.finish).%n"
        })
public final class GatewayCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = connection.config();
        PrintWriter err = spec.commandLine().getErr();
        try (Gateway gateway = started(config, err)) {
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
            say(err, "listening on port " + gateway.port() + "; health and metrics on port " + gateway.adminPort());
            gateway.awaitEnd();
            return ExitCode.OK;
        }
    }

    private static Gateway started(Config config, PrintWriter err) throws IOException {
        try {
            return Gateway.start(config, line -> say(err, line));
        } catch (StartRefused refused) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    List.of(String.valueOf(refused.getMessage()).split("\n")));
        }
    }

    private static void say(PrintWriter err, String line) {
        err.println("millrace gateway: " + line);
        err.flush();
    }
}

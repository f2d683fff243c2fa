package millrace.devkit.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.cli.Progress;
import millrace.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace bench restore}. */
@Command(
        name = "restore",
        description = {
            "Fill the stores with exposures, kill the pipeline that holds them, and measure until every partition answers again.",
            "With one instance it is started again in place; with two the other one takes over."
        })
final class RestoreBench implements java.util.concurrent.Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--exposures",
            defaultValue = "1000000",
            description = "Ads in the stores, 1000 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int exposures;

    @Option(names = "--instances", defaultValue = "1", description = "1 or 2 (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--standbys",
            defaultValue = "0",
            description = "streams.standby.replicas, 0 or 1; 1 needs two instances (default: ${DEFAULT-VALUE}).")
    private int standbys;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "Time between the last ad and the kill, for standbys to catch up (default: ${DEFAULT-VALUE}).")
    private int settleSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RestorePlan plan = plan();
        Surroundings around = Surroundings.ofProcess();
        Path directory = Files.createTempDirectory("millrace-restore-");
        try (Progress progress = new Progress(spec.commandLine().getErr(), around.terminal(), around.clock())) {
            String line = new RestoreRun(plan, directory, progress::at).run().json();
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
            return ExitCode.OK;
        } catch (IllegalStateException e) {
            // A part did not come up, and the message says which and why.
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            Bench.delete(directory);
        }
    }

    private RestorePlan plan() {
        try {
            return new RestorePlan(exposures, instances, standbys, java.time.Duration.ofSeconds(settleSeconds));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}

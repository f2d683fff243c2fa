package millrace.cli.rotation;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with a rotation without a pipeline. */
@Command(name = "rotation", description = "Try how a pool shares its requests.")
public final class RotationCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RotationCommand() {}

    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new RotationCommand()).addSubcommand(new SimulateCommand(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "simulate is missing");
    }
}

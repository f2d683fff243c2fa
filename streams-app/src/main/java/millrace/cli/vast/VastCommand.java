package millrace.cli.vast;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything about documents of ads. */
@Command(name = "vast", description = "Look into VAST, VMAP and DAAST documents.")
public final class VastCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private VastCommand() {}

    public static CommandLine commandLine(InstantSource clock) {
        return new CommandLine(new VastCommand())
                .addSubcommand(new InspectCommand(clock))
                .addSubcommand(new CheckCommand(clock))
                .addSubcommand(new ResolveCommand(clock));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command of vast is missing");
    }
}

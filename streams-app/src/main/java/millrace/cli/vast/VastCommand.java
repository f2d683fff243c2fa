package millrace.cli.vast;

import java.time.InstantSource;
import java.util.Map;
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

    /** @param environment of the process; {@code MILLRACE_*} are settings */
    public static CommandLine commandLine(InstantSource clock, Map<String, String> environment) {
        return new CommandLine(new VastCommand())
                .addSubcommand(new InspectCommand(clock, environment))
                .addSubcommand(new CheckCommand(clock, environment))
                .addSubcommand(new ResolveCommand(clock, environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command of vast is missing");
    }
}

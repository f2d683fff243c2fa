package millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command as another jar would bring it. */
@Command(name = "hello", description = "Say hello.")
public final class HelloCommand implements CliCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println("hello from a service");
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}

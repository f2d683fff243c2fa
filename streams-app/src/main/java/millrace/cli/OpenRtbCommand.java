package millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** OpenRTB messages from files, without a pipeline. */
@Command(name = "openrtb", description = "Check OpenRTB 2.6 messages, or hold an auction over them.")
final class OpenRtbCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private OpenRtbCommand() {}

    static CommandLine commandLine() {
        return new CommandLine(new OpenRtbCommand())
                .addSubcommand(new OpenRtbCheckCommand())
                .addSubcommand(new OpenRtbAuctionCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of check and auction is missing");
    }
}

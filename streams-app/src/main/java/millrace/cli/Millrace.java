package millrace.cli;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import millrace.cli.rotation.RotationCommand;
import millrace.cli.vast.VastCommand;
import millrace.schemas.AdRequest;
import millrace.wire.RecordClasses;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code millrace} command line. */
@Command(
        name = "millrace",
        description = "Decides ads as a stream: requests in, exact answers out.%n",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Millrace.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It did what it was asked.",
            "1:It could not.",
            "2:It was asked wrongly.",
            "3:Kafka or the schema registry could not be reached.",
            "4:A file, a setting, a token or a topic is not as it must be; everything wrong with it is listed."
        })
public final class Millrace implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print stack traces of errors.")
    private boolean verbose;

    private Millrace() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--verbose")) {
            // Before anything logs: the log's own stack traces, which logback.xml leaves out.
            System.setProperty("MILLRACE_LOG_STACK", "full");
        }
        System.exit(commandLine(new BuiltPipeline(), Surroundings.ofProcess()).execute(arguments));
    }

    /** The whole command line, with the commands that other jars of the class path bring. */
    public static CommandLine commandLine(Pipeline pipeline, Surroundings around) {
        RecordClasses.trust(AdRequest.class);
        Millrace root = new Millrace();
        Failures failures = new Failures(() -> root.verbose);
        CommandLine line = new CommandLine(root)
                .addSubcommand(new RunCommand(around))
                .addSubcommand(new ApplyCommand(around))
                .addSubcommand(new RequestCommand(around))
                .addSubcommand(new EventCommand(around, pipeline))
                .addSubcommand(new AuditCommand(around))
                .addSubcommand(new CapsCommand(around))
                .addSubcommand(ConfigCommand.commandLine(around))
                .addSubcommand(new TopologyCommand(around, pipeline))
                .addSubcommand(VastCommand.commandLine(around.clock(), around.environment()))
                .addSubcommand(OpenRtbCommand.commandLine())
                .addSubcommand(RotationCommand.commandLine(around.environment()));
        ServiceLoader.load(CliCommand.class).forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** As the build wrote it into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "millrace "
                        + Optional.ofNullable(Millrace.class.getPackage().getImplementationVersion())
                                .orElse("(not from a jar)")
            };
        }
    }
}

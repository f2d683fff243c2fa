package millrace.cli;

import java.io.PrintWriter;
import org.apache.kafka.streams.TopologyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the topology as it is built. */
@Command(name = "topology", description = "Print the topology as it is built.")
final class TopologyCommand implements CliCommand {
    private final Pipeline pipeline;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--mermaid", description = "As a Mermaid flow chart, which GitHub and many editors draw.")
    private boolean mermaid;

    TopologyCommand(Surroundings around, Pipeline pipeline) {
        this.pipeline = pipeline;
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() {
        TopologyDescription description = pipeline.topology(connection.config()).describe();
        PrintWriter out = spec.commandLine().getOut();
        out.print(mermaid ? new MermaidChart().of(description) : description.toString());
        out.flush();
        return ExitCode.OK;
    }
}

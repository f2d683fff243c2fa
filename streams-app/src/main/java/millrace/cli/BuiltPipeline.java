package millrace.cli;

import java.util.OptionalInt;
import millrace.config.Config;
import org.apache.kafka.streams.Topology;

/** The pipeline of this jar. */
final class BuiltPipeline implements Pipeline {

    @Override
    public Topology topology(Config config) {
        throw new CommandFailure(ExitCode.FAILED, "this build has no topology");
    }

    @Override
    public OptionalInt partitionOf(String token) {
        throw new CommandFailure(ExitCode.FAILED, "this build reads no tokens");
    }
}

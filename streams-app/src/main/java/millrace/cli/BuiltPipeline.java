package millrace.cli;

import java.util.OptionalInt;
import millrace.Blueprint;
import millrace.config.Config;
import millrace.delivery.Tokens;
import org.apache.kafka.streams.Topology;

/** The pipeline of this jar. */
final class BuiltPipeline implements Pipeline {

    @Override
    public Topology topology(Config config) {
        return Blueprint.topology(config);
    }

    @Override
    public OptionalInt partitionOf(String token) {
        return Tokens.partitionOf(token);
    }
}

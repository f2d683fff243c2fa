package millrace.cli;

import java.util.OptionalInt;
import millrace.config.Config;
import org.apache.kafka.streams.Topology;

/** What the commands need to know of the pipeline. */
public interface Pipeline {

    Topology topology(Config config);

    /** The partition that a token names, if it is one of ours; its signature is not looked at. */
    OptionalInt partitionOf(String token);
}

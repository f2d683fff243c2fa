package millrace.devkit.stack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the embedded services log: of interest when they misbehave, noise beside the lines of a demonstration. */
public final class ServiceLogs {
    private static final List<String> NOISY = List.of(
            // The broker: warns of its own young topics, and of batches that a producer sends again.
            "kafka",
            "state.change.logger",
            "org.apache.kafka.controller",
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.clients.producer.internals.Sender",
            "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
            // The state of a stack is in a temporary folder on purpose.
            "org.apache.kafka.streams.processor.internals.StateDirectory",
            "org.apache.kafka.streams.StreamsConfig");

    private ServiceLogs() {}

    /** Nothing of it is shown any more, unless another logging than Logback is in use. */
    public static void hide() {
        for (String name : NOISY) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}

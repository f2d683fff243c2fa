package millrace.devkit.broker;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A broker that was killed: to its controller, which died with it, it still leads its partitions. Started again as it is, it would end the
 * transactions that were open, then lose its old session and with it all leaders for a moment, and Kafka 4.3 drops the markers of a
 * partition that has no leader as if that were deleted (KAFKA-20734). Readers of committed records would wait for ever. So the controller
 * runs alone first, until it has seen the death, as one in a process of its own would.
 */
final class DeadBroker {
    private static final String SESSION_MILLIS = "1000";
    private static final Duration BURIED_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String FENCED = "kafka.controller:type=KafkaController,name=FencedBrokerCount";

    private DeadBroker() {}

    /** Whether the directory is of a broker that did not stop by itself. */
    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve("__cluster_metadata-0"))
                && !Files.exists(directory.resolve(".kafka_cleanshutdown"));
    }

    /** @param broker the settings that it will be started with */
    static void bury(Map<String, String> broker) {
        var alone = new HashMap<>(broker);
        alone.put("process.roles", "controller");
        alone.computeIfPresent("listeners", (setting, all) -> controllerOf(all));
        alone.put("broker.session.timeout.ms", SESSION_MILLIS);
        alone.remove("advertised.listeners");
        alone.remove("inter.broker.listener.name");
        var controller = new KafkaRaftServer(new KafkaConfig(alone, false), Time.SYSTEM);
        try {
            controller.startup();
            awaitFence();
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static String controllerOf(String listeners) {
        return listeners.substring(listeners.indexOf(BrokerProperties.CONTROLLER_LISTENER));
    }

    private static void awaitFence() {
        long end = System.nanoTime() + BURIED_WITHIN.toNanos();
        while (fenced() == 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the controller does not see within " + BURIED_WITHIN.toSeconds()
                        + " s that its broker was killed");
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the controller starts", e);
            }
        }
    }

    /** By the controller's own metric, which is Kafka's public way to ask. */
    private static int fenced() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            return ((Number) beans.getAttribute(new ObjectName(FENCED), "Value")).intValue();
        } catch (InstanceNotFoundException e) {
            return 0;
        } catch (JMException e) {
            throw new IllegalStateException("the controller cannot be asked: " + e.getMessage(), e);
        }
    }
}

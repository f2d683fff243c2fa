package millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Fault;
import millrace.topics.Spread;
import millrace.topics.Topic;
import millrace.topics.Topics;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What must be true of the topics before a pipeline may start. Kafka's low-level topology checks none of it: on unequal partition
 * counts it would decide for users whose caps and money are elsewhere.
 */
final class TopicRules {
    private final Config config;
    private final Map<String, FoundTopic> found;
    private final List<Fault> faults = new ArrayList<>();

    private TopicRules(Config config, Map<String, FoundTopic> found) {
        this.config = config;
        this.found = found;
    }

    /** Everything that is wrong with the topics that are there; {@code wanted} ones that are missing count only if none may be created. */
    static List<Fault> faults(Config config, List<Topic<?>> wanted, Map<String, FoundTopic> found) {
        TopicRules rules = new TopicRules(config, found);
        wanted.forEach(rules::check);
        return List.copyOf(rules.faults);
    }

    /** The reply topics that are not there. */
    static List<Fault> replyFaults(Config config, Map<String, FoundTopic> found) {
        return config.get(Settings.REPLY_TOPICS).stream()
                .filter(name -> !found.containsKey(name))
                .map(name -> new Fault(
                        "topic " + name,
                        "found none; wanted since reply.topics names it: create it, or take it out of reply.topics"))
                .toList();
    }

    /** How many partitions the decision path has, or would get. */
    static int partitions(Config config, Map<String, FoundTopic> found) {
        return reference(config, found)
                .map(FoundTopic::partitions)
                .orElseGet(() -> config.get(Settings.TOPICS_PARTITIONS));
    }

    private static Optional<FoundTopic> reference(Config config, Map<String, FoundTopic> found) {
        return Topics.prefixed(config.get(Settings.TOPICS_PREFIX)).all().stream()
                .filter(topic -> topic.spread() == Spread.WITH_REQUESTS)
                .map(topic -> Optional.ofNullable(found.get(topic.name())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void check(Topic<?> topic) {
        FoundTopic is = found.get(topic.name());
        if (is == null) {
            missing(topic);
            return;
        }
        if (topic.spread() == Spread.WITH_REQUESTS) {
            partitions(topic, is);
        }
        setting(topic, TopicConfig.CLEANUP_POLICY_CONFIG, is.cleanupPolicy());
        setting(topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, is.timestampType());
    }

    private void missing(Topic<?> topic) {
        if (!config.get(Settings.TOPICS_CREATE)) {
            fault(topic, "found none; wanted one: set topics.create=true, or run `" + creation(topic) + "`");
        }
    }

    private void partitions(Topic<?> topic, FoundTopic is) {
        FoundTopic reference = reference(config, found).orElse(is);
        if (is.partitions() != reference.partitions()) {
            fault(
                    topic,
                    "found " + is.partitions() + " partitions; wanted " + reference.partitions() + ", as many as "
                            + reference.name() + " has: " + partitionsRemedy(topic, is, reference));
        }
    }

    private String partitionsRemedy(Topic<?> topic, FoundTopic is, FoundTopic reference) {
        return is.partitions() < reference.partitions()
                ? "run `" + tool("kafka-topics.sh") + " --alter --topic " + topic + " --partitions "
                        + reference.partitions() + "`"
                : "partitions cannot be taken away: begin with fresh topics under another topics.prefix, or delete "
                        + topic + " and start again";
    }

    private void setting(Topic<?> topic, String name, String is) {
        String wanted = topic.settings().getOrDefault(name, is);
        if (!is.equals(wanted)) {
            fault(
                    topic,
                    "found " + name + "=" + is + "; wanted " + wanted + ": run `" + tool("kafka-configs.sh")
                            + " --alter --entity-type topics --entity-name " + topic + " --add-config " + name + "="
                            + wanted + "`");
        }
    }

    private String creation(Topic<?> topic) {
        StringBuilder command = new StringBuilder(tool("kafka-topics.sh"))
                .append(" --create --topic ")
                .append(topic)
                .append(" --partitions ")
                .append(topic.partitions(partitions(config, found)));
        topic.settings()
                .forEach((key, value) ->
                        command.append(" --config ").append(key).append('=').append(value));
        return command.toString();
    }

    private String tool(String script) {
        return script + " --bootstrap-server " + String.join(",", config.get(Settings.KAFKA_BOOTSTRAP_SERVERS));
    }

    private void fault(Topic<?> topic, String message) {
        faults.add(new Fault("topic " + topic, message));
    }
}

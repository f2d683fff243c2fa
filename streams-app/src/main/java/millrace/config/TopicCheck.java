package millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.topics.Topic;
import millrace.topics.Topics;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the topics on the brokers, creates those that are missing, and says everything that is wrong with the others. */
public final class TopicCheck {
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Config config;
    private final Brokers brokers;

    public TopicCheck(Config config, Brokers brokers) {
        this.config = config;
        this.brokers = brokers;
    }

    /**
     * What there is now.
     *
     * @param partitions of the decision path
     * @param created topics that were not there before
     * @param replyTopics partitions of each topic that a request may name for its answer, that of the gateways included
     */
    public record Ready(int partitions, List<String> created, Map<String, Integer> replyTopics) {}

    /** All topics of a pipeline, and the reply topics. Nothing is created unless everything that is there is right. */
    public Checked<Ready> pipeline() {
        return check(topics().all(), replyTopics());
    }

    private List<String> replyTopics() {
        return Stream.concat(Stream.of(topics().adReplies().name()), config.get(Settings.REPLY_TOPICS).stream())
                .toList();
    }

    /** Some topics only. */
    public Checked<Ready> only(List<Topic<?>> wanted) {
        return check(wanted, List.of());
    }

    /** How many partitions a topic has, if it is there. */
    public OptionalInt partitions(Topic<?> topic) {
        return found(List.of(topic.name())).values().stream()
                .mapToInt(FoundTopic::partitions)
                .findFirst();
    }

    private Checked<Ready> check(List<Topic<?>> wanted, List<String> replyTopics) {
        List<String> names = Stream.of(topics().all().stream().map(Topic::name), replyTopics.stream())
                .flatMap(Function.identity())
                .distinct()
                .toList();
        Map<String, FoundTopic> found = found(names);
        List<Fault> faults = faults(wanted, replyTopics, found);
        if (!faults.isEmpty()) {
            return new Checked.Invalid<>(faults);
        }
        int partitions = TopicRules.partitions(config, found);
        List<Topic<?>> missing = missing(wanted, found);
        if (missing.isEmpty()) {
            return new Checked.Valid<>(new Ready(partitions, List.of(), counts(replyTopics, found)));
        }
        missing.forEach(topic -> create(topic, partitions));
        // Looked at once more: another instance may have created them at the same time, and otherwise.
        Map<String, FoundTopic> now = foundAll(wanted, names);
        faults = faults(wanted, replyTopics, now);
        return faults.isEmpty()
                ? new Checked.Valid<>(
                        new Ready(partitions, missing.stream().map(Topic::name).toList(), counts(replyTopics, now)))
                : new Checked.Invalid<>(faults);
    }

    private static Map<String, Integer> counts(List<String> replyTopics, Map<String, FoundTopic> found) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : replyTopics) {
            Optional.ofNullable(found.get(name)).ifPresent(topic -> counts.put(name, topic.partitions()));
        }
        return counts;
    }

    private List<Fault> faults(List<Topic<?>> wanted, List<String> replyTopics, Map<String, FoundTopic> found) {
        List<Fault> faults = new ArrayList<>(TopicRules.faults(config, wanted, found));
        if (!replyTopics.isEmpty()) {
            faults.addAll(TopicRules.replyFaults(config, found));
        }
        return faults;
    }

    private static List<Topic<?>> missing(List<Topic<?>> wanted, Map<String, FoundTopic> found) {
        List<Topic<?>> missing = new ArrayList<>();
        wanted.stream().filter(topic -> !found.containsKey(topic.name())).forEach(missing::add);
        return missing;
    }

    /** A created topic is not on every broker at once. */
    private Map<String, FoundTopic> foundAll(List<Topic<?>> wanted, List<String> names) {
        long end = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (true) {
            Map<String, FoundTopic> found = found(names);
            if (missing(wanted, found).isEmpty() || System.nanoTime() - end > 0) {
                return found;
            }
            Brokers.rest(LOOK_AGAIN);
        }
    }

    private Topics topics() {
        return Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
    }

    private Map<String, FoundTopic> found(List<String> names) {
        Map<String, TopicDescription> described = new LinkedHashMap<>();
        brokers.admin().describeTopics(names).topicNameValues().forEach((name, future) -> {
            ifThere(future).ifPresent(description -> described.put(name, description));
        });
        Map<ConfigResource, KafkaFuture<org.apache.kafka.clients.admin.Config>> configs = brokers.admin()
                .describeConfigs(described.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .values();
        return configs.entrySet().stream()
                .map(entry -> found(described, entry.getKey().name(), brokers.answer(entry.getValue())))
                .collect(Collectors.toMap(FoundTopic::name, Function.identity()));
    }

    private static FoundTopic found(
            Map<String, TopicDescription> described, String name, org.apache.kafka.clients.admin.Config settings) {
        int partitions = Optional.ofNullable(described.get(name))
                .map(description -> description.partitions().size())
                .orElseThrow();
        return new FoundTopic(
                name,
                partitions,
                settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value(),
                settings.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value());
    }

    private Optional<TopicDescription> ifThere(KafkaFuture<TopicDescription> future) {
        try {
            return Optional.of(brokers.answer(future));
        } catch (BrokersException e) {
            if (isCausedBy(e, UnknownTopicOrPartitionException.class)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void create(Topic<?> topic, int partitions) {
        int replication = config.get(Settings.TOPICS_REPLICATION);
        NewTopic created = new NewTopic(
                        topic.name(),
                        Optional.of(topic.partitions(partitions)),
                        replication == -1 ? Optional.empty() : Optional.of((short) replication))
                .configs(topic.settings());
        try {
            brokers.answer(brokers.admin().createTopics(List.of(created)).all());
        } catch (BrokersException e) {
            // Another instance that starts beside us was faster.
            if (!isCausedBy(e, TopicExistsException.class)) {
                throw e;
            }
        }
    }

    private static boolean isCausedBy(BrokersException e, Class<? extends Throwable> type) {
        return e.getCause() instanceof ExecutionException execution && type.isInstance(execution.getCause());
    }
}

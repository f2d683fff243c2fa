package millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.check.Fault;
import millrace.topics.Topic;
import millrace.topics.Topics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
    private static final List<Topic<?>> WANTED = Topics.plain().all();

    private final Map<String, FoundTopic> found = new HashMap<>();

    @BeforeEach
    void allTopicsAreRight() {
        WANTED.forEach(topic -> found.put(
                topic.name(),
                new FoundTopic(
                        topic.name(),
                        topic.partitions(8),
                        topic.cleanup().policy(),
                        topic.timestamps().setting())));
    }

    @Test
    void rightTopicsHaveNoFaultsWhateverTheConfiguredCount() {
        assertThat(faults(Config.defaults())).isEmpty();
        assertThat(TopicRules.partitions(Config.defaults(), found)).isEqualTo(8);
    }

    @Test
    void everyFaultIsListedWithTopicFoundWantedAndRemedy() {
        found.put("ad-events", new FoundTopic("ad-events", 4, "delete", "CreateTime"));
        found.put("budget-grants", new FoundTopic("budget-grants", 16, "delete", "CreateTime"));
        found.put("campaigns", new FoundTopic("campaigns", 1, "delete", "CreateTime"));

        assertThat(faults(Config.defaults()))
                .containsExactly(
                        "topic ad-events: found 4 partitions; wanted 8, as many as ad-requests has: run `kafka-topics.sh"
                                + " --bootstrap-server 127.0.0.1:9092 --alter --topic ad-events --partitions 8`",
                        "topic ad-events: found message.timestamp.type=CreateTime; wanted LogAppendTime: run `kafka-configs.sh"
                                + " --bootstrap-server 127.0.0.1:9092 --alter --entity-type topics --entity-name ad-events"
                                + " --add-config message.timestamp.type=LogAppendTime`",
                        "topic campaigns: found cleanup.policy=delete; wanted compact: run `kafka-configs.sh"
                                + " --bootstrap-server 127.0.0.1:9092 --alter --entity-type topics --entity-name campaigns"
                                + " --add-config cleanup.policy=compact`",
                        "topic budget-grants: found 16 partitions; wanted 8, as many as ad-requests has: partitions cannot be"
                                + " taken away: begin with fresh topics under another topics.prefix, or delete budget-grants"
                                + " and start again");
    }

    @Test
    void onlyTheDecisionPathMustHaveEqualPartitions() {
        found.put("budget-requests", new FoundTopic("budget-requests", 3, "delete", "CreateTime"));
        found.put("placements", new FoundTopic("placements", 2, "compact", "CreateTime"));

        assertThat(faults(Config.defaults())).isEmpty();
    }

    @Test
    void missingTopicsAreFaultsOnlyWhereNoneMayBeCreated() {
        found.remove("ad-events");

        assertThat(faults(Config.defaults())).isEmpty();
        assertThat(faults(Config.defaults().with(Settings.TOPICS_CREATE, false)))
                .containsExactly(
                        "topic ad-events: found none; wanted one: set topics.create=true, or run `kafka-topics.sh"
                                + " --bootstrap-server 127.0.0.1:9092 --create --topic ad-events --partitions 8 --config"
                                + " cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config"
                                + " retention.ms=604800000`");
    }

    @Test
    void firstTopicThatIsThereGivesTheCount() {
        found.remove("ad-requests");
        found.remove("ad-requests-moved");

        assertThat(TopicRules.partitions(Config.defaults(), found)).isEqualTo(8);
        assertThat(TopicRules.partitions(Config.defaults(), Map.of())).isEqualTo(32);
    }

    @Test
    void replyTopicThatIsNotThereIsAFault() {
        Config config = Config.defaults().with(Settings.REPLY_TOPICS, List.of("ad-responses", "gone"));

        assertThat(TopicRules.replyFaults(config, found))
                .extracting(Fault::where)
                .containsExactly("topic gone");
    }

    private List<String> faults(Config config) {
        return TopicRules.faults(config, WANTED, found).stream()
                .map(Fault::toString)
                .toList();
    }
}

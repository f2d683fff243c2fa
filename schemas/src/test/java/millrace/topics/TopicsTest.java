package millrace.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @Test
    void allTopicsHaveTheirPublicNames() {
        assertThat(Topics.plain().all())
                .extracting(Topic::name)
                .containsExactly(
                        "ad-requests",
                        "ad-requests-moved",
                        "ad-events",
                        "ad-responses",
                        "ad-replies",
                        "served-ads",
                        "impressions",
                        "notices",
                        "notices-fired",
                        "campaigns",
                        "upstreams",
                        "placements",
                        "rates",
                        "budget-requests",
                        "budget-grants",
                        "budget-ledger",
                        "dead-letters");
    }

    @Test
    void prefixStandsBeforeEveryName() {
        assertThat(Topics.prefixed("eu.").all())
                .allSatisfy(topic -> assertThat(topic.name()).startsWith("eu."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "slash/", "ünder"})
    void prefixThatNoTopicCanHaveIsRefused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topics.prefixed(prefix))
                .withMessageContaining(prefix)
                .withMessageContaining("allowed");
    }

    @Test
    void prefixOverAHundredCharactersIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Topics.prefixed("x".repeat(101)));
    }

    @Test
    void onlyTheTopicsOfTheDecisionPathMustHaveEqualPartitions() {
        assertThat(Topics.plain().all())
                .filteredOn(topic -> topic.spread() == Spread.WITH_REQUESTS)
                .extracting(Topic::name)
                .containsExactly("ad-requests", "ad-requests-moved", "ad-events", "budget-grants");
    }

    @Test
    void catalogTopicsAreCompactedInOnePartition() {
        assertThat(Topics.plain().catalog()).allSatisfy(topic -> {
            assertThat(topic.settings()).containsEntry("cleanup.policy", "compact");
            assertThat(topic.settings()).doesNotContainKey("retention.ms");
            assertThat(topic.partitions(32)).isEqualTo(1);
        });
    }

    @Test
    void onlyRequestsAndEventsAreStampedByTheBroker() {
        assertThat(Topics.plain().all())
                .filteredOn(topic ->
                        topic.settings().entrySet().contains(Map.entry("message.timestamp.type", "LogAppendTime")))
                .extracting(Topic::name)
                .containsExactly("ad-requests", "ad-events");
    }

    @Test
    void retentionIsCreatedInMilliseconds() {
        assertThat(Topics.plain().adRequests().settings())
                .containsEntry("retention.ms", "86400000")
                .containsEntry("cleanup.policy", "delete");
        assertThat(Topics.plain().adRequests().partitions(32)).isEqualTo(32);
    }

    @Test
    void retentionOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cleanup.Delete(Duration.ZERO));
    }
}

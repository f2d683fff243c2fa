package millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import millrace.delivery.Reply;
import millrace.intake.ReplyTarget.None;
import millrace.intake.ReplyTarget.Refused;
import millrace.intake.ReplyTarget.Target;
import millrace.schemas.AdResponse;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTopicsTest {
    private final ReplyTopics topics = new ReplyTopics(Map.of("replies", 4));
    private final RecordHeaders headers = new RecordHeaders();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private void topic(String name) {
        headers.add(ReplyTopics.TOPIC, name.getBytes(StandardCharsets.UTF_8));
    }

    private void partition(int number) {
        headers.add(ReplyTopics.PARTITION, ByteBuffer.allocate(4).putInt(number).array());
    }

    @Test
    void withoutHeadersTheAnswerGoesToItsOwnTopic() {
        assertThat(topics.target(headers)).isEqualTo(new None());
    }

    @Test
    void aPartitionWithoutTopicIsIgnored() {
        partition(99);

        assertThat(topics.target(headers)).isEqualTo(new None());
    }

    @Test
    void topicAndPartitionAreHonoured() {
        topic("replies");
        partition(3);
        headers.add(ReplyTopics.CORRELATION, new byte[] {1, 2, 3});

        assertThat(topics.target(headers)).isEqualTo(new Target("replies", OptionalInt.of(3)));
    }

    @Test
    void aTopicAloneLeavesThePartitionToTheKey() {
        topic("replies");

        assertThat(topics.target(headers)).isEqualTo(new Target("replies", OptionalInt.empty()));
    }

    @Test
    void theLastOfSeveralHeadersCounts() {
        topic("elsewhere");
        topic("replies");

        assertThat(topics.target(headers)).isInstanceOf(Target.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aPartitionOutOfRangeIsRefused(int number) {
        topic("replies");
        partition(number);

        assertThat(topics.target(headers))
                .isEqualTo(new Refused("kafka_replyPartition is " + number + "; allowed is 0 to 3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "elsewhere", "replies ", "REPLIES", "__consumer_offsets", "../replies"})
    void aTopicThatIsNotAllowedIsRefused(String name) {
        topic(name);

        assertThat(topics.target(headers)).isInstanceOf(Refused.class);
    }

    @Test
    void emptyAndOversizedHeadersAreRefused() {
        // Given
        RecordHeaders emptyTopic = new RecordHeaders();
        emptyTopic.add(ReplyTopics.TOPIC, null);
        RecordHeaders emptyPartition = new RecordHeaders();
        emptyPartition.add(ReplyTopics.TOPIC, "replies".getBytes(StandardCharsets.UTF_8));
        emptyPartition.add(ReplyTopics.PARTITION, null);
        RecordHeaders longTopic = new RecordHeaders();
        longTopic.add(ReplyTopics.TOPIC, new byte[250]);
        RecordHeaders longCorrelation = new RecordHeaders();
        longCorrelation.add(ReplyTopics.CORRELATION, new byte[ReplyTopics.MAX_CORRELATION_BYTES + 1]);

        // Then
        assertThat(topics.target(emptyTopic)).isInstanceOf(Refused.class);
        assertThat(topics.target(emptyPartition)).isInstanceOf(Refused.class);
        assertThat(topics.target(longTopic)).isInstanceOf(Refused.class);
        assertThat(topics.target(longCorrelation)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noBytesThrowOrReachAPartitionThatIsNotThere(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        byte[] topic = random.nextBoolean() ? "replies".getBytes(StandardCharsets.UTF_8) : bytes(random, 300);
        headers.add(ReplyTopics.TOPIC, topic);
        headers.add(ReplyTopics.PARTITION, bytes(random, 6));

        // When
        ReplyTarget target = topics.target(headers);

        // Then
        switch (target) {
            case Target found -> {
                assertThat(found.topic()).isEqualTo("replies");
                assertThat(found.partition().getAsInt()).isBetween(0, 3);
            }
            case Refused refused -> assertThat(refused.reason()).isNotBlank();
            case None none -> throw new AssertionError("a topic was named");
        }
    }

    @Test
    void aReplyCarriesItsTopicAndPartitionBesideTheAnswerAlone() {
        // Given
        AdResponse answer = AdResponse.newBuilder()
                .setRequestId("r1")
                .setPlacement("preroll")
                .setDecidedAt(1)
                .setTookMicros(1)
                .build();
        Reply asked = Reply.to(new Target("replies", OptionalInt.of(2)), answer);
        Reply plain = Reply.of(answer);
        Serializer<AdResponse> answers =
                (topic, response) -> (topic + "/" + response.getRequestId()).getBytes(StandardCharsets.UTF_8);

        // Then
        assertThat(Reply.partitioner().partitions("replies", "r1", asked, 4)).contains(Set.of(2));
        assertThat(Reply.partitioner().partitions("replies", "r1", plain, 4)).isEqualTo(Optional.empty());
        assertThat(Reply.serializer(answers).serialize("replies", asked))
                .asString()
                .isEqualTo("replies/r1");
        assertThat(Reply.serializer(answers).serialize("replies", headers, asked))
                .asString()
                .isEqualTo("replies/r1");
        assertThat(plain.topic()).isEmpty();
        assertThat(asked.topic()).contains("replies");
    }

    private static byte[] bytes(SplittableRandom random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        if (bytes.length == 4 && random.nextBoolean()) {
            return new byte[] {0, 0, 0, (byte) random.nextInt(6)};
        }
        return bytes;
    }
}

package millrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import millrace.config.Settings;
import millrace.devkit.stack.Received;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.DeadLetter;
import millrace.schemas.Outcome;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requesters say where they want their answers, in the headers that Spring's reply template sends. */
class RepliesTest {
    private static final String REPLIES = "replies-of-a-player";
    private static final int REPLY_PARTITIONS = 3;
    private static final String CORRELATION = "kafka_correlationId";
    /** Any bytes, so none that are text. */
    private static final byte[] CORRELATION_ID = {(byte) 0xff, 0, (byte) 0xfe, 7, (byte) 0x80};

    private static World world;
    private static TopicReader<AdResponse> replies;

    @BeforeAll
    static void start() {
        World.services().broker().createTopics(new NewTopic(REPLIES, REPLY_PARTITIONS, (short) 1));
        world = World.of("replies", settings -> settings.with(Settings.REPLY_TOPICS, REPLIES));
        replies = world.stack.readAs(world.stack.topics().adResponses(), REPLIES);
        world.stack.put(placement("good").build());
        world.stack.put(ownCampaign("good", "good").build());
        world.stack.run();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void answerGoesToTheTopicAndPartitionAskedForWithTheSameCorrelationId() {
        AdRequest request = request(newUser(), "good").build();

        world.producer()
                .ask(
                        request,
                        Map.of(
                                "kafka_replyTopic",
                                REPLIES.getBytes(UTF_8),
                                "kafka_replyPartition",
                                partition(2),
                                CORRELATION,
                                CORRELATION_ID));

        Received<AdResponse> answer = replies.await(PATIENCE, received -> World.isTo(request.getId(), received));
        assertThat(answer.partition()).isEqualTo(2);
        assertThat(answer.header(CORRELATION)).hasValue(CORRELATION_ID);
        assertThat(answer.value().getSlots().getFirst().getOutcome()).isEqualTo(Outcome.FILLED);
        assertThat(world.answersTo(request.getId()))
                .as("answers on ad-responses")
                .isEmpty();
    }

    @Test
    void answerGoesToAPartitionByUserWhenOnlyATopicIsAskedFor() {
        String user = newUser();
        AdRequest request = request(user, "good").build();

        world.producer().ask(request, Map.of("kafka_replyTopic", REPLIES.getBytes(UTF_8), CORRELATION, CORRELATION_ID));

        Received<AdResponse> answer = replies.await(PATIENCE, received -> World.isTo(request.getId(), received));
        assertThat(answer.key()).isEqualTo(user);
        assertThat(answer.header(CORRELATION)).hasValue(CORRELATION_ID);
    }

    @Test
    void correlationIdComesBackOnTheUsualTopicToo() {
        AdRequest request = request(newUser(), "good").build();

        world.producer().ask(request, Map.of(CORRELATION, CORRELATION_ID));

        Received<AdResponse> answer = world.answers.await(PATIENCE, received -> World.isTo(request.getId(), received));
        assertThat(answer.header(CORRELATION)).hasValue(CORRELATION_ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {REPLY_PARTITIONS, 1_000_000, -1, Integer.MIN_VALUE})
    void replyPartitionThatDoesNotExistHarmsNobody(int number) {
        TopicReader<DeadLetter> letters = world.read(world.stack.topics().deadLetters());
        AdRequest astray = request(newUser(), "good").build();
        AdRequest good = request(newUser(), "good").build();

        var sent = world.producer()
                .ask(
                        astray,
                        Map.of(
                                "kafka_replyTopic", REPLIES.getBytes(UTF_8),
                                "kafka_replyPartition", partition(number)));
        world.producer().ask(good);

        assertThat(world.answerTo(good.getId()).getSlots().getFirst().getOutcome())
                .isEqualTo(Outcome.FILLED);
        DeadLetter letter = letters.await(
                        PATIENCE,
                        received -> received.value().getPartition() == sent.partition()
                                && received.value().getOffset() == sent.offset())
                .value();
        assertThat(letter.getReason()).isEqualTo("reply_refused");
        assertThat(letter.getMessage()).contains(Integer.toString(number));
        assertThat(world.answerTo(astray.getId()).getError().getCode()).isEqualTo("reply_refused");
    }

    /** Four bytes, the most significant first. */
    private static byte[] partition(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}

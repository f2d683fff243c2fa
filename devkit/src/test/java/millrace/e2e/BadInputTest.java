package millrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.PARTITIONS;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static millrace.e2e.World.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import millrace.devkit.stack.Received;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Campaign;
import millrace.schemas.DeadLetter;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.Outcome;
import millrace.schemas.ServedAd;
import millrace.schemas.Slot;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read or decided becomes a dead letter that says where it stood, and harms nobody. */
class BadInputTest {
    private static World world;
    private static TopicReader<DeadLetter> letters;

    @BeforeAll
    static void start() {
        world = World.of("bad");
        letters = world.read(world.stack.topics().deadLetters());
        world.stack.put(placement("good").build());
        world.stack.put(ownCampaign("good", "good").build());
        world.stack.run();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void laterGoodRecordsAreUnaffected() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            AdRequest good = request(World.newUserOn(partition), "good").build();
            assertThat(world.decide(good).getOutcome())
                    .as("partition " + partition)
                    .isEqualTo(Outcome.FILLED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "x",
                "\0\0\0\0",
                "plain text, no wire format",
                "\0\u007f\u007f\u007f\u007fof an unknown schema"
            })
    void bytesThatCannotBeReadAreADeadLetterWithTheirOrigin(String bytes) {
        RecordMetadata sent =
                world.producer().bytes(world.stack.topics().adRequests().name(), 1, "somebody", bytes.getBytes(UTF_8));

        DeadLetter letter = letterOf(sent);

        assertThat(letter.getReason()).isEqualTo("malformed");
        assertThat(letter.getStage()).isEqualTo("intake");
        assertThat(letter.getTimestamp()).isEqualTo(sent.timestamp());
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap("somebody".getBytes(UTF_8)));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(bytes.getBytes(UTF_8)));
        assertThat(letter.getTruncated()).isFalse();
    }

    @Test
    void recordThatIsCutShortIsADeadLetter() {
        byte[] whole = world.producer().bytes(request(newUser(), "good").build());
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        RecordMetadata sent =
                world.producer().bytes(world.stack.topics().adRequests().name(), 0, "somebody", half);

        assertThat(letterOf(sent).getReason()).isEqualTo("malformed");
    }

    @Test
    void eventThatCannotBeReadIsADeadLetter() {
        RecordMetadata sent =
                world.producer().bytes(world.stack.topics().adEvents().name(), 2, "token", "no event".getBytes(UTF_8));

        DeadLetter letter = letterOf(sent);

        assertThat(letter.getReason()).isEqualTo("malformed");
        assertThat(letter.getStage()).isEqualTo("impression");
    }

    @Test
    void unknownPlacementIsADeadLetterAndAnErrorAnswer() {
        AdRequest request = request(newUser(), "nowhere").build();

        RecordMetadata sent = world.producer().ask(request);

        assertThat(letterOf(sent).getReason()).isEqualTo("unknown_placement");
        AdResponse answer = world.answerTo(request.getId());
        assertThat(answer.getError().getCode()).isEqualTo("unknown_placement");
        assertThat(answer.getError().getMessage()).contains("nowhere");
    }

    @Test
    void requestThatNamesNobodyIsADeadLetterAndAnErrorAnswer() {
        AdRequest request =
                request("00000000-0000-0000-0000-000000000000", "good").build();

        RecordMetadata sent = world.producer().ask(request);

        assertThat(letterOf(sent).getReason()).isEqualTo("no_user_key");
        assertThat(world.answerTo(request.getId()).getError().getCode()).isEqualTo("no_user_key");
    }

    @Test
    void requestWithInvalidValuesIsToldAllOfThem() {
        AdRequest request = request(newUser(), "good")
                .setFloorCpmMicros(-1L)
                .setSlots(List.of(slot("twice"), slot("twice")))
                .build();

        RecordMetadata sent = world.producer().ask(request);

        assertThat(letterOf(sent).getMessage()).contains("floorCpmMicros is -1", "slots[1].id is \"twice\"");
        AdResponse answer = world.answerTo(request.getId());
        assertThat(answer.getError().getCode()).isEqualTo("invalid_request");
        assertThat(answer.getError().getMessage()).contains("floorCpmMicros is -1", "slots[1].id is \"twice\"");
    }

    @Test
    void requestWhoseFaultsWouldFillMoreThanARecordIsRefusedLikeAnyOther() {
        AdRequest request = request(newUser(), "good")
                .setCurrencies(Collections.nCopies(90_000, "x"))
                .build();

        RecordMetadata sent = world.producer().ask(request);

        assertThat(letterOf(sent).getReason()).isEqualTo("invalid_request");
        assertThat(world.answerTo(request.getId()).getError().getMessage()).contains("currencies has 90000 entries");
    }

    @Test
    void requestWhoseIdWouldFillMoreThanARecordWhenRepeatedIsRefusedLikeAnyOther() {
        // It names nobody, so that its id is the answer's key as well; and bytes that are no text are three each when
        // they are written again.
        byte[] value = world.producer()
                .bytes(AdRequest.newBuilder()
                        .setId("i".repeat(520_000))
                        .setPlacement("good")
                        .build());
        for (int i = 0; i < value.length; i++) {
            value[i] = value[i] == 'i' ? (byte) 0xff : value[i];
        }

        RecordMetadata sent =
                world.producer().bytes(world.stack.topics().adRequests().name(), 1, "anybody", value);

        assertThat(letterOf(sent).getReason()).isEqualTo("invalid_request");
        AdResponse answer = world.answerTo("\uFFFD".repeat(1_024));
        assertThat(answer.getError().getMessage()).startsWith("id is \"\uFFFD");
    }

    @Test
    void countryThatIsNoneGoesNoFurther() {
        TopicReader<ServedAd> served = world.read(world.stack.topics().servedAds());
        AdRequest request = request(newUser(), "good")
                .setDevice(Device.newBuilder()
                        .setGeo(Geo.newBuilder()
                                .setCountry("\uFFFD".repeat(170_000))
                                .build())
                        .build())
                .build();

        assertThat(world.decide(request).getOutcome()).isEqualTo(Outcome.FILLED);

        assertThat(served.await(PATIENCE, ad -> ad.value().getRequestId().equals(request.getId()))
                        .value()
                        .getCountry())
                .isNull();
    }

    @Test
    void requestWithoutAnIdIsADeadLetterOnly() {
        AdRequest request = request(newUser(), "good").setId("").build();

        RecordMetadata sent = world.producer().ask(request);

        assertThat(letterOf(sent).getReason()).isEqualTo("invalid_request");
        assertThat(world.answersTo("")).isEmpty();
    }

    @Test
    void campaignThatIsWrongIsADeadLetterAndTheOldOneStays() {
        Campaign wrong = ownCampaign("good", "good").setPriceCpmMicros(-5).build();

        world.stack.put(wrong);

        DeadLetter letter = letters.await(
                        PATIENCE, received -> received.value().getMessage().contains("-5"))
                .value();
        assertThat(letter.getReason()).isEqualTo("catalog_refused");
        assertThat(letter.getTopic()).isEqualTo(world.stack.topics().campaigns().name());
    }

    @Test
    void campaignThatFillsARecordAndIsWrongIsADeadLetterAllTheSame() {
        Campaign wrong = ownCampaign("large", "good")
                .setPriceCpmMicros(-7)
                .setName("n".repeat(1_040_000))
                .build();

        world.stack.put(wrong);

        DeadLetter letter = letters.await(
                        PATIENCE, received -> received.value().getMessage().contains("-7"))
                .value();
        assertThat(letter.getTruncated()).isTrue();
    }

    @Test
    void duplicateOfARequestGetsNoSecondAnswer() {
        String user = newUser();
        AdRequest request = request(user, "good").build();

        world.producer().ask(request);
        world.producer().ask(request);
        world.producer().askOn((partitionOf(user) + 1) % PARTITIONS, request);

        // What the stray one was sent on as is on the partition before this one's.
        AdRequest later = request(user, "good").build();
        world.producer().askOn((partitionOf(user) + 1) % PARTITIONS, later);
        world.answerTo(later.getId());
        assertThat(world.answersTo(request.getId())).hasSize(1);
    }

    @Test
    void replyTopicThatIsNotAllowedIsADeadLetterAndAnErrorAnswerOnTheUsualTopic() {
        AdRequest request = request(newUser(), "good").build();

        RecordMetadata sent =
                world.producer().ask(request, Map.of("kafka_replyTopic", "somewhere-else".getBytes(UTF_8)));

        assertThat(letterOf(sent).getReason()).isEqualTo("reply_refused");
        assertThat(world.answerTo(request.getId()).getError().getCode()).isEqualTo("reply_refused");
    }

    private static Slot slot(String id) {
        return Slot.newBuilder().setId(id).build();
    }

    private static DeadLetter letterOf(RecordMetadata sent) {
        Received<DeadLetter> letter = letters.await(
                PATIENCE,
                received -> received.value().getTopic().equals(sent.topic())
                        && received.value().getPartition() == sent.partition()
                        && received.value().getOffset() == sent.offset());
        assertThat(letter.key()).isEqualTo(sent.topic() + "-" + sent.partition() + "-" + sent.offset());
        return letter.value();
    }
}

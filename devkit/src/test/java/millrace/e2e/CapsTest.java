package millrace.e2e;

import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.hourly;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static millrace.e2e.World.newUserOn;
import static millrace.e2e.World.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import millrace.Pipeline;
import millrace.delivery.Tokens;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Latency;
import millrace.schemas.Ad;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdRequest;
import millrace.schemas.CapScope;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Frequency caps hold, on a running pipeline, in every order in which requests can come. */
class CapsTest {
    private static final int SLOW_MILLIS = 400;

    private static World world;
    private static Pipeline pipeline;
    private static TopicReader<AdEvent> events;

    @BeforeAll
    static void start() {
        world = World.of("caps");
        events = world.read(world.stack.topics().adEvents());
        List.of("three", "refusal", "concurrent", "moved")
                .forEach(id -> world.stack.put(placement(id).build()));
        world.stack.put(placement("short").setReservationMillis(1_000).build());
        world.upstream("slow", Behaviour.ofTenAds("slow").with(Latency.millis(SLOW_MILLIS)));
        world.stack.put(ownCampaign("three", "three")
                .setCaps(hourly(CapScope.CAMPAIGN, 3))
                .build());
        world.stack.put(ownCampaign("refusing", "refusal")
                .setPriority(2)
                .setCaps(hourly(CapScope.CAMPAIGN, 3))
                .setBudgetNanos(budgetFor(4))
                .build());
        world.stack.put(ownCampaign("second-choice", "refusal")
                .setPriority(1)
                .setCaps(hourly(CapScope.USER, 4))
                .build());
        world.stack.put(pooledCampaign("once", "concurrent", "slow")
                .setCaps(hourly(CapScope.CAMPAIGN, 1))
                .build());
        world.stack.put(ownCampaign("moved", "moved")
                .setCaps(hourly(CapScope.CAMPAIGN, 1))
                .build());
        world.stack.put(ownCampaign("short", "short")
                .setCaps(hourly(CapScope.CAMPAIGN, 1))
                .setBudgetNanos(budgetFor(1))
                .build());
        pipeline = world.stack.run();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void fourthAdWithinTheHourIsRefused() {
        String user = newUser();

        List<SlotAnswer> slots = Stream.generate(
                        () -> world.decide(request(user, "three").build()))
                .limit(4)
                .toList();

        assertThat(slots)
                .extracting(SlotAnswer::getOutcome)
                .containsExactly(Outcome.FILLED, Outcome.FILLED, Outcome.FILLED, Outcome.NO_FILL);
        assertThat(slots.getLast().getReason()).isEqualTo(NoFillReason.CAPPED);
    }

    @Test
    void adminPortTellsWhatACapLeavesAUser() throws Exception {
        String user = newUser();
        world.decide(request(user, "three").build());

        JsonNode answer = new ObjectMapper()
                .readTree(ask("/caps?campaign=three&user=" + user).body());

        assertThat(answer.path("partition").asInt()).isEqualTo(partitionOf(user));
        assertThat(answer.path("rules")).singleElement().satisfies(rule -> {
            assertThat(rule.path("per").asText()).isEqualTo("1h");
            assertThat(rule.path("remaining").asInt()).isEqualTo(2);
        });
        assertThat(answer.toString()).doesNotContain(user);
        assertThat(ask("/caps?campaign=nothing&user=" + user).statusCode()).isEqualTo(404);
        assertThat(ask("/caps?campaign=three").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> ask(String page) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + pipeline.adminPort() + page);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void refusalConsumesNeitherCapNorBudget() {
        String user = newUserOn(2);
        String other = newUserOn(2);

        List<String> campaigns = Stream.generate(() -> served(user)).limit(6).toList();

        // Had the fourth request been counted on the user when "refusing" was refused, "second-choice" had no room for
        // it.
        assertThat(campaigns).containsExactly("refusing", "refusing", "refusing", "second-choice", "CAPPED", "CAPPED");
        // Had a refusal taken money, there was none left for the fourth ad of the budget.
        assertThat(served(other)).isEqualTo("refusing");
    }

    /** The campaign, or why there is none. */
    private static String served(String user) {
        SlotAnswer slot = world.decide(request(user, "refusal").build());
        return slot.getAds().isEmpty()
                ? slot.getReason().name()
                : slot.getAds().getFirst().getCampaign();
    }

    @Test
    void ofTwoConcurrentRequestsWithOneExposureLeftExactlyOneIsFilled() {
        String user = newUser();
        AdRequest first = request(user, "concurrent").build();
        AdRequest second = request(user, "concurrent").build();
        long before = world.calls("slow");

        var sending = List.of(world.producer().start(first), world.producer().start(second));

        assertThat(sending).hasSize(2);
        List<SlotAnswer> slots = Stream.of(first, second)
                .map(request -> world.answerTo(request.getId()).getSlots().getFirst())
                .toList();
        assertThat(world.calls("slow") - before)
                .as("upstream calls: both were in flight before either was decided")
                .isEqualTo(2);
        assertThat(slots).extracting(SlotAnswer::getOutcome).containsExactlyInAnyOrder(Outcome.FILLED, Outcome.NO_FILL);
        assertThat(slots)
                .filteredOn(slot -> slot.getOutcome() == Outcome.NO_FILL)
                .extracting(SlotAnswer::getReason)
                .containsExactly(NoFillReason.CAPPED);
    }

    @Test
    void adWithoutAnImpressionGivesCapAndBudgetBack() {
        String user = newUser();
        Ad unseen = world.ad(request(user, "short").build());
        assertThat(world.decide(request(user, "short").build()).getOutcome())
                .as("while the ad waits for its impression")
                .isEqualTo(Outcome.NO_FILL);

        events.await(
                PATIENCE,
                event -> event.value().getToken().equals(unseen.getToken())
                        && event.value().getKind() == AdEventKind.EXPIRE);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                world.decide(request(user, "short").build()).getOutcome())
                        .isEqualTo(Outcome.FILLED));
    }

    @Test
    void requestOnTheWrongPartitionIsDecidedOnItsUsersOwn() {
        String user = newUser();
        while (crc32PartitionOf(user) == partitionOf(user)) {
            user = newUser();
        }
        int home = partitionOf(user);
        AdRequest astray = request(user, "moved").build();

        RecordMetadata sent = world.producer().askOn(crc32PartitionOf(user), astray);

        assertThat(sent.partition()).isNotEqualTo(home);
        Ad ad = world.answerTo(astray.getId()).getSlots().getFirst().getAds().getFirst();
        assertThat(Tokens.partitionOf(ad.getToken())).hasValue(home);
        assertThat(world.decide(request(user, "moved").build()).getReason())
                .as("the user's next request, which came on the right partition")
                .isEqualTo(NoFillReason.CAPPED);
    }

    /** Where librdkafka's clients put a key by default. */
    private static int crc32PartitionOf(String user) {
        CRC32 hash = new CRC32();
        hash.update(user.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % World.PARTITIONS);
    }
}

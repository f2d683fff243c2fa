package millrace;

import static millrace.Examples.impression;
import static millrace.Examples.own;
import static millrace.Examples.placement;
import static millrace.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import millrace.decision.DecisionSettings;
import millrace.schemas.Ad;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.Outcome;
import millrace.schemas.Slot;
import millrace.schemas.User;
import millrace.session.Unnamed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Caps of every kind of window, and times of events, through the whole topology. */
class CapsTopologyTest {
    private TopologyWorld world = new TopologyWorld();

    @BeforeEach
    void aPlacement() {
        world.apply(placement("preroll"));
    }

    @AfterEach
    void close() {
        assertThat(world.refusals).isEmpty();
        world.close();
    }

    @Test
    void sessionCapBeginsAnewWithTheSession() {
        world.apply(own("c1").setCaps(List.of(rule(1, CapWindow.SESSION))).build());

        ask("r1");
        world.pass(Duration.ofMinutes(20));
        ask("r2");
        world.pass(Duration.ofMinutes(31));
        ask("r3");

        // The first ad was given back after ten minutes, so only the second request's counts until the session ends.
        assertThat(outcomes()).containsExactly("FILLED", "FILLED", "FILLED");
    }

    @Test
    void sessionCapRefusesWithinTheSession() {
        world.apply(own("c1").setCaps(List.of(rule(1, CapWindow.SESSION))).build());

        ask("r1");
        ask("r2");
        world.request(AdRequest.newBuilder(request("r3", "u1"))
                .setSessionId("another")
                .build());

        assertThat(outcomes()).containsExactly("FILLED", "CAPPED", "FILLED");
    }

    @Test
    void podCapLetsEachAdvertiserInOncePerRequest() {
        world.apply(own("c1")
                .setPriority(1)
                .setCaps(List.of(rule(1, CapWindow.POD)))
                .build());
        world.apply(own("c2").setCaps(List.of(rule(1, CapWindow.POD))).build());

        for (String id : List.of("r1", "r2")) {
            world.request(AdRequest.newBuilder(request(id, "u1"))
                    .setSlots(List.of(slot("a"), slot("b"), slot("c")))
                    .build());
        }

        assertThat(world.answers())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer.getSlots())
                        .extracting(one -> one.getAds().isEmpty()
                                ? one.getReason().name()
                                : one.getAds().getFirst().getCampaign())
                        .containsExactly("c1", "c2", "CAPPED"));
    }

    @Test
    void lifetimeCapIsGivenBackWithItsReservationAndElseForEver() {
        world.apply(own("c1").setCaps(List.of(rule(1, CapWindow.LIFETIME))).build());

        ask("r1");
        world.pass(Duration.ofMinutes(11));
        ask("r2");
        List<AdResponse> answers = world.answers();
        world.event(impression(onlyAd(answers.getLast()).getToken()));
        world.pass(Duration.ofHours(2));
        ask("r3");

        assertThat(answers.stream().map(CapsTopologyTest::outcome)).containsExactly("FILLED", "FILLED");
        assertThat(outcomes()).containsExactly("CAPPED");
    }

    @Test
    void gapBetweenTwoAdsOfACampaignIsKept() {
        world.apply(own("c1").setMinGapMillis(60_000L).build());

        ask("r1");
        world.pass(Duration.ofSeconds(59));
        ask("r2");
        world.pass(Duration.ofSeconds(1));
        ask("r3");

        assertThat(outcomes()).containsExactly("FILLED", "CAPPED", "FILLED");
    }

    @Test
    void nobodyIsServedWithoutCapsWhereThePolicySaysSo() {
        world.close();
        world = new TopologyWorld(DecisionSettings.defaults(), Unnamed.UNCAPPED);
        world.apply(placement("preroll"));
        world.apply(own("c1").setCaps(List.of(rule(1, CapWindow.LIFETIME))).build());

        for (String id : List.of("r1", "r2")) {
            world.request(request(id, "00000000-0000-0000-0000-000000000000"));
        }
        List<AdResponse> answers = world.answers();
        world.event(impression(onlyAd(answers.getFirst()).getToken()));
        world.pass(Duration.ofMinutes(11));
        world.event(impression(onlyAd(answers.getLast()).getToken()));

        assertThat(answers.stream().map(CapsTopologyTest::outcome)).containsExactly("FILLED", "FILLED");
        assertThat(world.servedAds())
                .allSatisfy(ad -> assertThat(ad.getUserKey()).isEmpty());
        assertThat(world.impressions())
                .extracting(Impression::getVerdict)
                .containsExactly(ImpressionVerdict.BILLED, ImpressionVerdict.LATE);
    }

    @Test
    void deviceIsRefusedAsAUserWhereThePolicySaysSo() {
        world.close();
        world = new TopologyWorld(DecisionSettings.defaults(), Unnamed.REFUSE);
        world.apply(placement("preroll"));

        world.request(AdRequest.newBuilder(request("r1", "unknown"))
                .setUser(User.newBuilder().setId("unknown").build())
                .setSessionId("s1")
                .build());

        assertThat(world.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo("no_user_key");
            assertThat(letter.getMessage()).isEqualTo("user.id names nobody");
        });
    }

    @Test
    void lateImpressionCountsInTheWindowOfItsOwnTime() {
        world.apply(own("c1")
                .setCaps(List.of(CapRule.newBuilder(rule(1, CapWindow.ROLLING))
                        .setWindowMillis(600_000)
                        .build()))
                .build());
        ask("r1");
        Ad unseen = onlyAd(world.answer());
        world.pass(Duration.ofMinutes(30));

        // Its time to live is over, and ten minutes after it was served nothing of it counts. It was seen three minutes
        // ago.
        world.event(AdEvent.newBuilder(impression(unseen.getToken()))
                .setEventTime(world.now().minus(Duration.ofMinutes(3)).toEpochMilli())
                .build());
        ask("r2");
        world.pass(Duration.ofMinutes(7).plusMillis(1));
        ask("r3");

        assertThat(outcomes()).containsExactly("CAPPED", "FILLED");
    }

    @Test
    void impressionsOfImpossibleTimesAreDeadLettersAndBillNothing() {
        world.apply(own("c1").setBudgetNanos(25_000_000L).build());
        ask("r1");
        world.pass(Duration.ofMillis(20));
        String token = onlyAd(world.answer()).getToken();
        long now = world.now().toEpochMilli();

        world.event(AdEvent.newBuilder(impression(token))
                .setEventTime(now + 86_400_001)
                .build());
        world.event(AdEvent.newBuilder(impression(token))
                .setEventTime(now - 86_400_001)
                .build());
        world.pass(Duration.ofMinutes(71));
        world.event(impression(token));

        assertThat(world.impressions()).isEmpty();
        assertThat(world.deadLetters())
                .extracting(letter -> letter.getReason() + " " + letter.getTopic() + " " + letter.getOffset())
                .startsWith("event_too_early ad-events 0", "event_too_late ad-events 1")
                .hasSize(3);
        assertThat(world.meters
                        .get("millrace.impression.events")
                        .tag("outcome", "too_late")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private void ask(String id) {
        world.request(request(id, "u1"));
    }

    private List<String> outcomes() {
        return world.answers().stream().map(CapsTopologyTest::outcome).toList();
    }

    private static Slot slot(String id) {
        return Slot.newBuilder().setId(id).build();
    }

    private static CapRule rule(int limit, CapWindow window) {
        return CapRule.newBuilder()
                .setScope(CapScope.CAMPAIGN)
                .setLimit(limit)
                .setWindow(window)
                .build();
    }

    private static Ad onlyAd(AdResponse answer) {
        assertThat(outcome(answer)).isEqualTo("FILLED");
        return answer.getSlots().getFirst().getAds().getFirst();
    }

    private static String outcome(AdResponse answer) {
        var slot = answer.getSlots().getFirst();
        return slot.getOutcome() == Outcome.FILLED ? "FILLED" : String.valueOf(slot.getReason());
    }
}

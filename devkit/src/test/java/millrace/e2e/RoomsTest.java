package millrace.e2e;

import static millrace.e2e.Examples.creative;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import millrace.devkit.stack.Received;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Content;
import millrace.devkit.upstreams.Mode;
import millrace.devkit.upstreams.SimulatedAd;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.NoFillReason;
import millrace.schemas.Notice;
import millrace.schemas.Outcome;
import millrace.schemas.RoomTime;
import millrace.schemas.ServedAd;
import millrace.schemas.Slot;
import millrace.schemas.SlotAnswer;
import millrace.schemas.Tracker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One request for each way in which a request can come out, through every room of a running pipeline. */
class RoomsTest {
    private static World world;
    private static TopicReader<ServedAd> served;
    private static TopicReader<Notice> notices;

    @BeforeAll
    static void start() {
        world = World.of("rooms");
        served = world.read(world.stack.topics().servedAds());
        notices = world.read(world.stack.topics().notices());
        upstreams();
        List.of("own", "inline", "chain", "deep", "nobody", "no-ad", "failing", "fallback", "next", "hanging", "floor")
                .forEach(id -> world.stack.put(placement(id).build()));
        world.stack.put(placement("house").setHouse(creative("house-film")).build());
        campaigns();
        world.stack.run();
    }

    private static void upstreams() {
        world.upstream("inline", Behaviour.ofTenAds("inline"));
        world.upstream("chain", wrapped(3));
        world.upstream("deep", wrapped(6));
        world.upstream("empty", Behaviour.ofTenAds("never").with(Mode.EMPTY));
        world.upstream("failing", Behaviour.ofTenAds("never").with(Mode.ERROR));
        world.upstream("hanging", Behaviour.ofTenAds("never").with(Mode.HANG));
    }

    private static Behaviour wrapped(int wrappers) {
        return Behaviour.serving(new Content.Inventory(SimulatedAd.numbered("wrapped", 1), 1, wrappers));
    }

    private static void campaigns() {
        world.stack.put(ownCampaign("own", "own").build());
        world.stack.put(pooledCampaign("inline", "inline", "inline").build());
        world.stack.put(pooledCampaign("chain", "chain", "chain").build());
        world.stack.put(pooledCampaign("deep", "deep", "deep").build());
        world.stack.put(pooledCampaign("no-ad", "no-ad", "empty").build());
        world.stack.put(pooledCampaign("failing", "failing", "failing").build());
        world.stack.put(
                pooledCampaign("fallback", "fallback", "failing", "inline").build());
        world.stack.put(
                pooledCampaign("next-first", "next", "failing").setPriority(2).build());
        world.stack.put(ownCampaign("next-second", "next").setPriority(1).build());
        world.stack.put(pooledCampaign("house", "house", "empty").build());
        world.stack.put(pooledCampaign("hanging", "hanging", "hanging").build());
        world.stack.put(ownCampaign("floor", "floor").build());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void whatIsTakenFromAReaderIsNotKept() {
        TopicReader<AdResponse> answers = world.read(world.stack.topics().adResponses());
        AdRequest request = request(newUser(), "own").build();
        world.answer(request);
        answers.await(PATIENCE, received -> World.isTo(request.getId(), received));

        List<Received<AdResponse>> taken = answers.take(PATIENCE);

        assertThat(taken).anyMatch(received -> World.isTo(request.getId(), received));
        assertThat(answers.records()).doesNotContainAnyElementsOf(taken);
    }

    @Test
    void requestIsFilledWithTheCampaignsOwnAd() {
        AdRequest request = request(newUser(), "own").build();

        Ad ad = world.ad(request);

        assertThat(ad.getCampaign()).isEqualTo("own");
        assertThat(ad.getCreative()).isEqualTo("own-film");
        assertThat(ad.getAdvertiser()).isEqualTo("own.example");
        assertThat(ad.getUpstream()).isNull();
        assertThat(ad.getHouse()).isFalse();
        assertThat(ad.getPriceCpmMicros()).isEqualTo(Examples.PRICE_CPM_MICROS);
        assertThat(ad.getCostNanos()).isEqualTo(Examples.COST_NANOS);
        assertThat(ad.getCurrency()).isEqualTo("EUR");
        assertThat(ad.getMedia())
                .singleElement()
                .satisfies(media -> assertThat(media.getUrl()).isEqualTo("https://media.example/own-film.mp4"));
        assertThat(ad.getToken()).hasSize(48);
    }

    @Test
    void answerSaysWhoseItIsAndHowTheTimeWasSpent() {
        AdRequest request = request(newUser(), "own").build();

        AdResponse answer = world.answer(request);

        assertThat(answer.getPlacement()).isEqualTo("own");
        assertThat(answer.getSessionId()).isNotBlank();
        assertThat(answer.getError()).isNull();
        assertThat(answer.getTookMicros()).isPositive();
        assertThat(answer.getRooms())
                .extracting(RoomTime::getRoom)
                .contains("intake", "session", "selection", "caps", "budget", "delivery");
    }

    @Test
    void everyAdIsARecordOfItsOwn() {
        AdRequest request = request(newUser(), "own")
                .setMetadata(Map.of("app_version", "4.2"))
                .build();

        Ad ad = world.ad(request);

        ServedAd record = served.await(
                        PATIENCE, received -> received.value().getRequestId().equals(request.getId()))
                .value();
        assertThat(record.getCampaign()).isEqualTo(ad.getCampaign());
        assertThat(record.getUserKey()).isEqualTo(request.getUser().getId());
        assertThat(record.getCostNanos()).isEqualTo(Examples.COST_NANOS);
        assertThat(record.getExpiresAt()).isEqualTo(ad.getExpiresAt());
        assertThat(record.getContext()).containsEntry("app_version", "4.2").containsKeys("correlator", "cachebusting");
    }

    @Test
    void requestIsFilledWithAnInlineAd() {
        Ad ad = world.ad(request(newUser(), "inline").build());

        assertThat(ad.getUpstream()).isEqualTo("inline");
        assertThat(ad.getCreative()).startsWith("inline-");
        assertThat(ad.getMarkup()).contains("<VAST");
        assertThat(ad.getMedia()).hasSize(2);
        assertThat(ad.getTrackers()).extracting(Tracker::getEvent).contains("impression", "start", "complete");
    }

    @Test
    void wrapperChainGivesTheInlineAdWithTheTrackersOfEveryHop() {
        Ad ad = world.ad(request(newUser(), "chain").build());

        assertThat(ad.getCreative()).isEqualTo("wrapped-1");
        assertThat(ad.getTrackers())
                .filteredOn(tracker -> tracker.getEvent().equals("impression"))
                .extracting(Tracker::getUrl)
                .satisfiesExactly(
                        first -> assertThat(first).contains("hop=1"),
                        second -> assertThat(second).contains("hop=2"),
                        third -> assertThat(third).contains("hop=3"),
                        inline -> assertThat(inline).contains("creative=wrapped-1"));
    }

    @Test
    void sixthWrapperIsNoAdAndErrorCallWith302IsOwed() {
        AdRequest request = request(newUser(), "deep").build();

        SlotAnswer slot = world.decide(request);

        assertThat(slot.getReason()).isEqualTo(NoFillReason.NO_AD);
        Notice notice = notices.await(
                        PATIENCE, received -> received.value().getRequestId().equals(request.getId()))
                .value();
        assertThat(notice.getCode()).isEqualTo(302);
        assertThat(notice.getUrl()).contains("code=302");
    }

    @Test
    void placementWithoutCampaignsHasNoCandidate() {
        SlotAnswer slot = world.decide(request(newUser(), "nobody").build());

        assertThat(slot.getOutcome()).isEqualTo(Outcome.NO_FILL);
        assertThat(slot.getReason()).isEqualTo(NoFillReason.NO_CANDIDATE);
        assertThat(slot.getAds()).isEmpty();
    }

    @Test
    void upstreamThatFailsIsAnUpstreamError() {
        assertThat(world.decide(request(newUser(), "failing").build()).getReason())
                .isEqualTo(NoFillReason.UPSTREAM_ERROR);
    }

    @Test
    void upstreamWithoutAnAdIsNoAd() {
        SlotAnswer slot = world.decide(request(newUser(), "no-ad").build());

        assertThat(slot.getReason()).isEqualTo(NoFillReason.NO_AD);
    }

    @Test
    void nextUpstreamOfThePoolIsAskedWhenOneFails() {
        // Round robin begins at either of the two, so two requests of one partition meet the failing one.
        String user = newUser();
        for (int i = 0; i < 2; i++) {
            Ad ad = world.ad(request(user, "fallback").build());
            assertThat(ad.getUpstream()).isEqualTo("inline");
        }

        assertThat(world.calls("failing")).isPositive();
    }

    @Test
    void nextCampaignIsAskedWhenAllUpstreamsOfOneFail() {
        Ad ad = world.ad(request(newUser(), "next").build());

        assertThat(ad.getCampaign()).isEqualTo("next-second");
    }

    @Test
    void houseAdIsShownWhenNobodyElseHasOne() {
        SlotAnswer slot = world.decide(request(newUser(), "house").build());

        assertThat(slot.getOutcome()).isEqualTo(Outcome.FILLED);
        assertThat(slot.getReason()).as("why it is not a campaign's").isEqualTo(NoFillReason.NO_AD);
        Ad ad = slot.getAds().getFirst();
        assertThat(ad.getHouse()).isTrue();
        assertThat(ad.getCreative()).isEqualTo("house-film");
        assertThat(ad.getCampaign()).isNull();
        assertThat(ad.getCostNanos()).isZero();
    }

    @Test
    void upstreamThatHangsIsATimeoutAtTheRequestsDeadline() {
        AdRequest request = request(newUser(), "hanging").setDeadlineMillis(300).build();

        AdResponse answer = world.answer(request);

        assertThat(answer.getSlots().getFirst().getReason()).isEqualTo(NoFillReason.TIMEOUT);
        assertThat(answer.getTookMicros()).as("microseconds").isLessThan(5_000_000);
    }

    @Test
    void campaignBelowTheFloorIsNotAsked() {
        AdRequest request = request(newUser(), "floor")
                .setFloorCpmMicros(Examples.PRICE_CPM_MICROS + 1)
                .build();

        assertThat(world.decide(request).getReason()).isEqualTo(NoFillReason.BELOW_FLOOR);
    }

    @Test
    void everySlotIsAnsweredInTheRequestsOrder() {
        AdRequest request = request(newUser(), "own")
                .setSlots(List.of(slot("first"), slot("second"), slot("third")))
                .build();

        AdResponse answer = world.answer(request);

        assertThat(answer.getSlots()).extracting(SlotAnswer::getSlotId).containsExactly("first", "second", "third");
        assertThat(answer.getSlots()).extracting(SlotAnswer::getOutcome).containsOnly(Outcome.FILLED);
        assertThat(answer.getSlots())
                .flatExtracting(SlotAnswer::getAds)
                .extracting(Ad::getToken)
                .doesNotHaveDuplicates();
    }

    private static Slot slot(String id) {
        return Slot.newBuilder().setId(id).build();
    }
}

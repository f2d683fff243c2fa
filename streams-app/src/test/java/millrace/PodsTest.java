package millrace;

import static millrace.Examples.ad;
import static millrace.Examples.own;
import static millrace.Examples.placement;
import static millrace.Examples.pooled;
import static millrace.Examples.request;
import static millrace.Examples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Creative;
import millrace.schemas.NoFillReason;
import millrace.schemas.NoticeKind;
import millrace.schemas.Outcome;
import millrace.schemas.Placement;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import millrace.schemas.ServedAd;
import millrace.schemas.Slot;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Breaks of several ads, through the whole topology. */
class PodsTest {
    private final TopologyWorld world = new TopologyWorld();

    @BeforeEach
    void placementIsThere() {
        world.apply(placement("preroll"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Pod.Builder pod(int ads, int millis) {
        return Pod.newBuilder().setMaxAds(ads).setTotalMillis(millis);
    }

    private static AdRequest asking(Pod.Builder pod) {
        return AdRequest.newBuilder(request("r1", "u1")).setPod(pod.build()).build();
    }

    private static Campaign campaign(String id, long price, int... seconds) {
        List<Creative> creatives = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            creatives.add(Creative.newBuilder()
                    .setId(id + i)
                    .setMarkup("<VAST version=\"4.2\"/>")
                    .setDurationMillis(seconds[i] * 1000)
                    .build());
        }
        return own(id).setCreatives(creatives).setPriceCpmMicros(price).build();
    }

    private static ResolvedAd lasting(String creative, int seconds, ResolvedAd.Unserved unserved) {
        ResolvedAd plain = ad(creative);
        return new ResolvedAd(
                creative,
                1,
                plain.advertiser(),
                plain.adId(),
                plain.title(),
                Optional.of(Duration.ofSeconds(seconds)),
                plain.markup(),
                plain.document(),
                plain.media(),
                plain.clickThrough(),
                plain.trackers(),
                plain.categories(),
                unserved);
    }

    private static Resolution filled(ResolvedAd... ads) {
        return new Resolution.Filled(List.of(ads), Map.of(), List.of());
    }

    private static List<String> creatives(AdResponse answer) {
        return answer.getSlots().getFirst().getAds().stream()
                .map(Ad::getCreative)
                .toList();
    }

    private static List<String> campaigns(AdResponse answer) {
        return answer.getSlots().getFirst().getAds().stream()
                .map(Ad::getCampaign)
                .toList();
    }

    @Test
    void breakIsFilledFromTheRankedCampaignsAndNeverRunsOver() {
        world.apply(campaign("cheap", 1_000_000, 10));
        world.apply(campaign("best", 9_000_000, 30));
        world.apply(campaign("long", 5_000_000, 25));
        world.apply(campaign("next", 4_000_000, 15));

        world.request(asking(pod(5, 55_000)));

        AdResponse answer = world.answer();
        assertThat(creatives(answer)).containsExactly("best0", "long0");
        assertThat(answer.getSlots().getFirst().getAds())
                .extracting(Ad::getSequence)
                .containsExactly(1, 2);
        assertThat(world.servedAds()).extracting(ServedAd::getCreative).containsExactly("best0", "long0");
    }

    @Test
    void shorterAdTakesTheTimeThatALongerOneCannot() {
        world.apply(campaign("best", 9_000_000, 30));
        world.apply(campaign("long", 5_000_000, 25));
        world.apply(campaign("next", 4_000_000, 15));

        world.request(asking(pod(5, 45_000)));

        assertThat(creatives(world.answer())).containsExactly("best0", "next0");
    }

    @Test
    void noAdvertiserComesTwiceWhereTheyAreKeptApart() {
        world.apply(Campaign.newBuilder(campaign("a1", 9_000_000, 10, 10))
                .setAdvertiser("acme.example")
                .build());
        world.apply(Campaign.newBuilder(campaign("a2", 8_000_000, 10))
                .setAdvertiser("acme.example")
                .build());
        world.apply(campaign("b", 7_000_000, 10));

        world.request(asking(pod(4, 90_000).setSeparation(List.of(PodSeparation.ADVERTISER))));

        List<String> shown = creatives(world.answer());
        assertThat(shown).hasSize(2).contains("b0");
        assertThat(shown.getFirst()).startsWith("a1");
    }

    @Test
    void campaignGivesAllItsCreativesAndIsPaidForEach() {
        world.apply(campaign("a", 9_000_000, 10, 10, 10));

        world.request(asking(pod(3, 90_000)));

        assertThat(creatives(world.answer())).containsExactlyInAnyOrder("a0", "a1", "a2");
        assertThat(world.servedAds())
                .hasSize(3)
                .allSatisfy(served -> assertThat(served.getCostNanos()).isEqualTo(9_000_000));
    }

    @Test
    void capsCountEachAdOfTheBreak() {
        world.apply(Campaign.newBuilder(campaign("a", 9_000_000, 10, 10, 10))
                .setCaps(List.of(Examples.perHour(2)))
                .build());
        world.apply(campaign("b", 1_000_000, 10));

        world.request(asking(pod(4, 90_000)));

        assertThat(creatives(world.answer())).hasSize(3).contains("b0");
    }

    @Test
    void campaignCappedAtOnePerPodComesOnceInEveryBreak() {
        CapRule onceAPod = CapRule.newBuilder()
                .setScope(CapScope.CAMPAIGN)
                .setLimit(1)
                .setWindow(CapWindow.POD)
                .build();
        world.apply(Campaign.newBuilder(campaign("a", 9_000_000, 10, 10, 10))
                .setCaps(List.of(onceAPod))
                .build());
        world.apply(campaign("b", 1_000_000, 10, 10));

        world.request(asking(pod(4, 90_000)));
        AdResponse first = world.answer();
        world.request(AdRequest.newBuilder(asking(pod(4, 90_000))).setId("r2").build());
        AdResponse next = world.answer();

        assertThat(campaigns(first)).containsExactly("a", "b", "b");
        assertThat(campaigns(next)).containsExactly("a", "b", "b");
    }

    @Test
    void upstreamsPodIsUsedInItsOrderAndWhatHasNoPlaceIsToldSo() {
        world.apply(upstream("up"));
        world.apply(pooled("p", "up").build());
        world.request(asking(pod(3, 40_000)));

        world.answer(filled(
                lasting("one", 15, ResolvedAd.Unserved.NOBODY),
                lasting(
                        "two",
                        30,
                        new ResolvedAd.Unserved(
                                List.of("https://n.example/two"),
                                List.of(new ErrorPing("https://e.example/206", 206)))),
                lasting("three", 25, ResolvedAd.Unserved.NOBODY)));

        assertThat(creatives(world.answer())).containsExactly("one", "three");
        assertThat(world.notices())
                .extracting(n -> n.getKind() + " " + n.getUrl() + " " + n.getCode())
                .containsExactly("ERROR https://e.example/206 206", "NOT_USED https://n.example/two null");
    }

    @Test
    void spareAdsOfASingleSlotAreToldThatTheyAreNotUsed() {
        world.apply(upstream("up"));
        world.apply(pooled("p", "up").build());
        world.request(request("r1", "u1"));
        ResolvedAd.Unserved told = new ResolvedAd.Unserved(List.of("https://n.example/"), List.of());

        world.answer(filled(lasting("one", 15, told), lasting("two", 15, told), lasting("three", 15, told)));

        assertThat(creatives(world.answer())).containsExactly("one");
        assertThat(world.notices())
                .singleElement()
                .satisfies(n -> assertThat(n.getKind()).isEqualTo(NoticeKind.NOT_USED))
                .satisfies(n -> assertThat(n.getUrl()).isEqualTo("https://n.example/"));
    }

    @Test
    void furtherUpstreamIsAskedWhileThereIsRoomAndOnlyThen() {
        world.apply(upstream("up1"));
        world.apply(upstream("up2"));
        world.apply(upstream("up3"));
        world.apply(pooled("p1", "up1").setPriority(3).build());
        world.apply(pooled("p2", "up2").setPriority(2).build());
        world.apply(pooled("p3", "up3").setPriority(1).build());
        world.request(asking(pod(2, 60_000)));

        world.answer(filled(lasting("one", 15, ResolvedAd.Unserved.NOBODY)));
        assertThat(world.asked).hasSize(1);
        world.answer(filled(lasting("two", 15, ResolvedAd.Unserved.NOBODY)));

        assertThat(creatives(world.answer())).containsExactly("one", "two");
        assertThat(world.asked).isEmpty();
    }

    @Test
    void hungUpstreamDoesNotCostTheBreakWhatIsThere() {
        world.apply(upstream("hung"));
        world.apply(campaign("a", 9_000_000, 10));
        world.apply(pooled("p", "hung").setPriceCpmMicros(1_000_000).build());
        world.request(asking(pod(3, 60_000)));

        world.pass(Duration.ofMillis(285));
        world.answer(new Resolution.Failed(new millrace.upstream.UpstreamFailure.TimedOut("late")));

        assertThat(creatives(world.answer())).containsExactly("a0");
    }

    @Test
    void emptyBreakShowsTheHouseAdIfItFits() {
        world.apply(Placement.newBuilder(placement("preroll"))
                .setHouse(Creative.newBuilder()
                        .setId("house")
                        .setMarkup("<VAST version=\"4.2\"/>")
                        .setDurationMillis(20_000)
                        .build())
                .build());

        world.request(asking(pod(3, 60_000)));
        AdResponse fits = world.answer();
        world.request(AdRequest.newBuilder(asking(pod(3, 19_999))).setId("r2").build());
        AdResponse tooLong = world.answer();

        assertThat(creatives(fits)).containsExactly("house");
        assertThat(fits.getSlots().getFirst().getReason()).isEqualTo(NoFillReason.NO_CANDIDATE);
        assertThat(tooLong.getSlots().getFirst().getOutcome()).isEqualTo(Outcome.NO_FILL);
    }

    @Test
    void scheduleOfBreaksHasAPodEach() {
        world.apply(campaign("a", 9_000_000, 10, 10, 10));

        world.request(AdRequest.newBuilder(request("r1", "u1"))
                .setSlots(List.of(
                        Slot.newBuilder()
                                .setId("pre")
                                .setPod(pod(1, 60_000).build())
                                .build(),
                        Slot.newBuilder()
                                .setId("mid")
                                .setPod(pod(2, 60_000).build())
                                .build()))
                .build());

        AdResponse answer = world.answer();
        assertThat(answer.getSlots()).extracting(s -> s.getAds().size()).containsExactly(1, 2);
    }

    @Test
    void sessionRemembersHowFarItsLastPodWasFilled() {
        world.apply(campaign("a", 9_000_000, 10, 10));
        world.request(asking(pod(4, 60_000)));
        assertThat(world.session("u1"))
                .satisfies(session -> assertThat(session.podPosition()).isEqualTo(2))
                .satisfies(session -> assertThat(session.podSize()).isEqualTo(4));

        world.request(AdRequest.newBuilder(asking(pod(3, 10_000))).setId("r2").build());
        assertThat(world.session("u1").podPosition()).isEqualTo(1);
        assertThat(world.session("u1").podSize()).isEqualTo(3);

        world.request(AdRequest.newBuilder(asking(pod(5, 1_000))).setId("r3").build());
        world.request(AdRequest.newBuilder(request("r4", "u1")).build());
        assertThat(world.answers()).hasSize(4);
        assertThat(world.session("u1").podPosition())
                .as("neither an empty pod nor a single ad is one that was filled")
                .isEqualTo(1);
        assertThat(world.session("u1").podSize()).isEqualTo(3);
    }

    @Test
    void podBesideSeveralSlotsIsRefusedWithAllFaults() {
        world.request(AdRequest.newBuilder(asking(pod(0, 0).setMinAdMillis(2).setMaxAdMillis(1)))
                .setSlots(List.of(
                        Slot.newBuilder().setId("a").build(),
                        Slot.newBuilder().setId("b").build()))
                .build());

        assertThat(world.answer().getError().getMessage())
                .contains("pod.maxAds is 0")
                .contains("pod.totalMillis is 0")
                .contains("pod.minAdMillis is 2")
                .contains("pod is set beside 2 slots");
    }
}

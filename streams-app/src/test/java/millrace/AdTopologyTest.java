package millrace;

import static millrace.Examples.ad;
import static millrace.Examples.creative;
import static millrace.Examples.impression;
import static millrace.Examples.own;
import static millrace.Examples.perHour;
import static millrace.Examples.placement;
import static millrace.Examples.pooled;
import static millrace.Examples.request;
import static millrace.Examples.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import millrace.decision.DecisionSettings;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.BudgetEntry;
import millrace.schemas.CampaignStatus;
import millrace.schemas.DeadLetter;
import millrace.schemas.EntryCause;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.Placement;
import millrace.schemas.SlotAnswer;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamFailure;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One request through every room, on one partition and with time that only the test moves. */
class AdTopologyTest {
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
    void campaignWithItsOwnAdIsServedAtOnce() {
        world.apply(own("c1").build());

        world.request(request("r1", "u1"));

        AdResponse answer = world.answer();
        assertThat(answer.getRequestId()).isEqualTo("r1");
        Ad ad = onlyAd(answer);
        assertThat(ad.getCampaign()).isEqualTo("c1");
        assertThat(ad.getCreative()).isEqualTo("c1-creative");
        assertThat(ad.getPriceCpmMicros()).isEqualTo(2_500_000);
        assertThat(ad.getCostNanos()).isEqualTo(2_500_000);
        assertThat(world.servedAds()).singleElement().satisfies(served -> {
            assertThat(served.getUserKey()).isEqualTo("u1");
            assertThat(served.getContext()).containsKeys("correlator", "cachebusting");
        });
    }

    @Test
    void upstreamIsAskedAndItsAdServed() {
        world.apply(upstream("a"));
        world.apply(pooled("c1", "a").build());

        world.request(request("r1", "u1"));
        assertThat(world.answers()).isEmpty();
        world.answer(filled("from-a"));

        assertThat(onlyAd(world.answer()).getUpstream()).isEqualTo("a");
    }

    @Test
    void failedUpstreamIsFollowedByTheNextOfThePoolAndThenByTheNextCampaign() {
        world.apply(upstream("a"));
        world.apply(upstream("b"));
        world.apply(pooled("first", "a", "b").setPriority(1).build());
        world.apply(own("second").build());

        world.request(request("r1", "u1"));
        world.answer(failed());
        world.answer(new Resolution.NoAd("empty", Map.of(), List.of(new ErrorPing("https://e.example/303", 303))));

        assertThat(onlyAd(world.answer()).getCampaign()).isEqualTo("second");
        assertThat(world.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.getUrl()).isEqualTo("https://e.example/303");
            assertThat(notice.getCode()).isEqualTo(303);
            assertThat(notice.getId()).isEqualTo("r1/preroll/0");
        });
    }

    @Test
    void houseAdIsShownWhenNothingElseIsAndSaysWhy() {
        world.apply(Placement.newBuilder(placement("preroll"))
                .setHouse(creative("house"))
                .build());

        world.request(request("r1", "u1"));

        SlotAnswer slot = world.answer().getSlots().getFirst();
        assertThat(slot.getOutcome()).isEqualTo(Outcome.FILLED);
        assertThat(slot.getReason()).isEqualTo(NoFillReason.NO_CANDIDATE);
        assertThat(slot.getAds().getFirst().getHouse()).isTrue();
        assertThat(slot.getAds().getFirst().getCostNanos()).isZero();
    }

    @Test
    void fourthAdWithinTheHourIsRefusedAndTheFifthAfterItIsNot() {
        world.apply(own("c1").setCaps(List.of(perHour(3))).build());

        for (int i = 0; i < 4; i++) {
            world.request(request("r" + i, "u1"));
            world.pass(Duration.ofMinutes(1));
        }
        world.request(request("other", "u2"));
        List<AdResponse> answers = world.answers();
        world.pass(Duration.ofMinutes(57));
        world.request(request("later", "u1"));

        assertThat(answers.stream().map(AdTopologyTest::outcome))
                .containsExactly("FILLED", "FILLED", "FILLED", "CAPPED", "FILLED");
        // Nobody confirmed the first three within ten minutes either, so all were given back.
        assertThat(outcome(world.answer())).isEqualTo("FILLED");
    }

    @Test
    void twoRequestsInFlightCannotBothTakeTheLastExposure() {
        world.apply(upstream("a"));
        world.apply(pooled("c1", "a").setCaps(List.of(perHour(1))).build());

        world.request(request("r1", "u1"));
        world.request(request("r2", "u1"));
        world.answer(filled("x"));
        world.answer(filled("x"));

        assertThat(world.answers().stream().map(AdTopologyTest::outcome)).containsExactly("FILLED", "CAPPED");
    }

    @Test
    void budgetForExactlyTenAdsServesTen() {
        world.apply(own("c1").setBudgetNanos(25_000_000L).build());

        for (int i = 0; i < 15; i++) {
            world.request(request("r" + i, "u" + i));
            world.pass(Duration.ofMillis(20));
        }
        world.pass(Duration.ofSeconds(1));

        List<AdResponse> answers = world.answers();
        assertThat(answers).hasSize(15);
        assertThat(answers.stream().map(AdTopologyTest::outcome).filter("FILLED"::equals))
                .hasSize(10);
    }

    @Test
    void anAdIsPaidByTheDayThatServedItAlsoWhenItIsShownAfterMidnight() {
        // Given: it is eleven at night in Auckland
        world.apply(own("c1")
                .setDailyBudgetNanos(2_500_000L)
                .setZone("Pacific/Auckland")
                .build());
        world.pass(Duration.ofMinutes(59));
        world.request(request("r1", "u1"));
        world.request(request("r2", "u2"));
        world.pass(Duration.ofSeconds(1));
        List<AdResponse> before = world.answers();
        assertThat(before.stream().map(AdTopologyTest::outcome)).containsExactlyInAnyOrder("FILLED", "BUDGET");
        world.pass(Duration.ofMinutes(2));
        world.request(request("r3", "u3"));
        world.pass(Duration.ofSeconds(1));
        Ad after = onlyAd(world.answer());

        // When
        before.stream()
                .filter(answer -> outcome(answer).equals("FILLED"))
                .forEach(answer -> world.event(impression(onlyAd(answer).getToken())));
        world.event(impression(after.getToken()));
        world.pass(Duration.ofSeconds(2));

        // Then
        int second = world.servedAds().getLast().getBudgetDay();
        assertThat(world.impressions())
                .extracting(Impression::getBudgetDay, Impression::getCostNanos)
                .containsExactly(tuple(second - 1, 2_500_000L), tuple(second, 2_500_000L));
        List<BudgetEntry> ledger = world.ledger();
        assertThat(spentOn(ledger, second - 1)).isEqualTo(2_500_000L);
        assertThat(spentOn(ledger, second)).isEqualTo(2_500_000L);
        assertThat(ledger.getLast().getTotal().getSpentNanos()).isEqualTo(5_000_000L);
    }

    private static long spentOn(List<BudgetEntry> ledger, int day) {
        return ledger.stream()
                .filter(entry -> entry.getBudgetDay() == day)
                .mapToLong(BudgetEntry::getSpentNanos)
                .sum();
    }

    @Test
    void aPausedCampaignHasItsLeasesBackWithinASecond() {
        // Given: a lease that holds money ahead
        world.apply(own("c1").setBudgetNanos(2_500_000_000L).build());
        for (int i = 0; i < 5; i++) {
            world.request(request("r" + i, "u" + i));
            world.pass(Duration.ofMillis(20));
        }
        world.pass(Duration.ofMillis(1_500));
        assertThat(world.ledger().getLast().getTotal().getLeasedNanos()).isPositive();

        // When
        world.apply(own("c1")
                .setBudgetNanos(2_500_000_000L)
                .setStatus(CampaignStatus.PAUSED)
                .build());
        world.pass(Duration.ofSeconds(1));

        // Then
        List<BudgetEntry> since = world.ledger();
        assertThat(since)
                .extracting(BudgetEntry::getCause)
                .contains(EntryCause.PAUSE, EntryCause.RECALL, EntryCause.REPORT);
        assertThat(since.getLast().getTotal().getLeasedNanos()).isZero();
        assertThat(since.getLast().getTotal().getReservedNanos()).isEqualTo(5 * 2_500_000L);
    }

    @Test
    void impressionIsBilledOnceHoweverOftenItsEventArrives() {
        world.apply(own("c1").setBudgetNanos(25_000_000L).build());
        world.request(request("r1", "u1"));
        world.pass(Duration.ofMillis(20));
        Ad ad = onlyAd(world.answer());

        world.event(impression(ad.getToken()));
        world.event(impression(ad.getToken()));
        world.event(impression(ad.getToken().replace('A', 'B')));

        assertThat(world.impressions()).singleElement().satisfies(impression -> {
            assertThat(impression.getVerdict()).isEqualTo(ImpressionVerdict.BILLED);
            assertThat(impression.getCostNanos()).isEqualTo(2_500_000);
        });
    }

    @Test
    void unimpressedAdsGiveBackCapAndBudgetAndALateImpressionIsNotBilled() {
        world.apply(own("c1")
                .setCaps(List.of(perHour(1)))
                .setBudgetNanos(2_500_000L)
                .build());
        world.request(request("r1", "u1"));
        world.pass(Duration.ofMillis(20));
        Ad first = onlyAd(world.answer());

        world.request(request("r2", "u1"));
        world.request(request("r3", "u2"));
        world.pass(Duration.ofSeconds(1));
        assertThat(world.answers().stream().map(AdTopologyTest::outcome)).containsExactly("CAPPED", "BUDGET");
        world.pass(Duration.ofMinutes(11));
        world.request(request("r4", "u1"));
        world.pass(Duration.ofMillis(200));
        assertThat(outcome(world.answer())).isEqualTo("FILLED");
        world.event(impression(first.getToken()));

        assertThat(world.impressions())
                .singleElement()
                .extracting(Impression::getVerdict, Impression::getCostNanos)
                .containsExactly(ImpressionVerdict.LATE, 0L);
    }

    @Test
    void upstreamThatNeverAnswersIsGivenUpOnAtTheDeadline() {
        world.apply(upstream("a"));
        world.apply(pooled("c1", "a").build());

        world.request(request("r1", "u1"));
        world.pass(Duration.ofMillis(400));

        assertThat(outcome(world.answer())).isEqualTo("TIMEOUT");
    }

    private void withOnePlaceInTheJournal() {
        world.close();
        DecisionSettings usual = DecisionSettings.defaults();
        world = new TopologyWorld(new DecisionSettings(
                usual.deadline(),
                usual.margin(),
                1,
                usual.duplicates(),
                usual.candidates(),
                usual.documents(),
                usual.calls()));
        world.apply(placement("preroll"));
        world.apply(upstream("a"));
        world.apply(pooled("c1", "a").build());
    }

    @Test
    void fullJournalAnswersAtOnce() {
        withOnePlaceInTheJournal();

        world.request(request("r1", "u1"));
        world.request(request("r2", "u2"));

        assertThat(outcome(world.answer())).isEqualTo("OVERLOADED");
        world.answer(filled("x"));
        assertThat(outcome(world.answer())).isEqualTo("FILLED");
    }

    @Test
    void requestPastItsDeadlineNeedsNoPlaceInTheJournal() {
        withOnePlaceInTheJournal();

        world.request(request("r1", "u1"));
        world.request(AdRequest.newBuilder(request("r2", "u2"))
                .setEventTime(world.now().minusSeconds(5).toEpochMilli())
                .build());

        assertThat(outcome(world.answer())).isEqualTo("EXPIRED");
        assertThat(world.asked).hasSize(1);
    }

    @Test
    void sameRequestTwiceIsAnsweredOnce() {
        world.apply(own("c1").build());

        world.request(request("r1", "u1"));
        world.request(request("r1", "u1"));

        assertThat(world.answers()).hasSize(1);
        assertThat(world.servedAds()).hasSize(1);
    }

    @Test
    void requestThatIsRefusedTwiceIsAnsweredOnceAndMayBeMended() {
        world.apply(own("c1").build());
        AdRequest nowhere = AdRequest.newBuilder(request("r1", "u1"))
                .setPlacement("nowhere")
                .build();

        world.request(nowhere);
        world.request(nowhere);
        world.request(request("r1", "u1"));

        List<AdResponse> answers = world.answers();
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst().getError().getCode()).isEqualTo("unknown_placement");
        assertThat(outcome(answers.getLast())).isEqualTo("FILLED");
        assertThat(world.deadLetters()).hasSize(2);
    }

    @Test
    void badInputGoesToDeadLettersWithItsOriginAndGoodInputGoesOn() {
        world.apply(own("c1").build());

        world.bytes(world.topics.adRequests(), "nonsense".getBytes(StandardCharsets.UTF_8));
        world.request(AdRequest.newBuilder(request("r1", "u1"))
                .setPlacement("nowhere")
                .build());
        world.request(request("r2", "00000000-0000-0000-0000-000000000000"));
        world.request(
                AdRequest.newBuilder(request("r3", "u1")).setDeadlineMillis(0).build());
        world.request(request("r4", "u1"));

        assertThat(world.deadLetters())
                .extracting(letter -> letter.getReason() + " " + letter.getTopic() + " " + letter.getOffset())
                .containsExactly(
                        "malformed ad-requests 0",
                        "unknown_placement ad-requests 1",
                        "no_user_key ad-requests 2",
                        "invalid_request ad-requests 3");
        assertThat(world.answers())
                .extracting(AdResponse::getRequestId, answer -> answer.getError() == null)
                .containsExactly(tuple("r1", false), tuple("r2", false), tuple("r3", false), tuple("r4", true));
    }

    @Test
    void answerGoesWhereTheHeadersSay() {
        world.apply(own("c1").build());
        RecordHeaders headers = new RecordHeaders();
        headers.add("kafka_correlationId", new byte[] {0, (byte) 0xff, 3});
        headers.add("kafka_replyTopic", "replies".getBytes(StandardCharsets.UTF_8));
        headers.add("kafka_replyPartition", ByteBuffer.allocate(4).putInt(3).array());

        world.request(request("r1", "u1"), headers);

        assertThat(world.answers()).isEmpty();
        assertThat(world.replies("replies")).singleElement().satisfies(reply -> {
            assertThat(reply.value().getRequestId()).isEqualTo("r1");
            assertThat(reply.headers().lastHeader("kafka_correlationId").value())
                    .containsExactly(0, 0xff, 3);
        });
    }

    @Test
    void replyPartitionOutOfRangeIsADeadLetterAndHarmsNobody() {
        world.apply(own("c1").build());
        RecordHeaders headers = new RecordHeaders();
        headers.add("kafka_replyTopic", "replies".getBytes(StandardCharsets.UTF_8));
        headers.add("kafka_replyPartition", ByteBuffer.allocate(4).putInt(4).array());

        world.request(request("r1", "u1"), headers);
        world.request(request("r2", "u1"));

        assertThat(world.deadLetters())
                .singleElement()
                .extracting(DeadLetter::getReason)
                .isEqualTo("reply_refused");
        assertThat(world.answers()).extracting(AdResponse::getRequestId).containsExactly("r1", "r2");
        assertThat(world.servedAds()).hasSize(1);
    }

    private static Resolution filled(String creative) {
        return new Resolution.Filled(List.of(ad(creative)), Map.of(), List.of());
    }

    private static Resolution failed() {
        return new Resolution.Failed(new UpstreamFailure.HttpStatus(500, "500 from ads.example"));
    }

    private static Ad onlyAd(AdResponse answer) {
        assertThat(outcome(answer)).isEqualTo("FILLED");
        return answer.getSlots().getFirst().getAds().getFirst();
    }

    private static String outcome(AdResponse answer) {
        SlotAnswer slot = answer.getSlots().getFirst();
        return slot.getOutcome() == Outcome.FILLED ? "FILLED" : String.valueOf(slot.getReason());
    }
}

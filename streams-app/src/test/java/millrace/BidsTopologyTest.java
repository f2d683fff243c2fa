package millrace;

import static millrace.Examples.impression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.decision.AuctionSettings;
import millrace.decision.AuctionSettings.DisplayBilling;
import millrace.decision.DecisionSettings;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Deal;
import millrace.schemas.NoFillReason;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.schemas.Outcome;
import millrace.schemas.Placement;
import millrace.schemas.PlacementAuction;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;
import millrace.upstream.AdStart;
import millrace.upstream.BidAnswer;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bids in the story of a request: beside campaigns, under caps and budgets, with their notices. */
class BidsTopologyTest {
    private final TopologyWorld world = new TopologyWorld();

    @BeforeEach
    void placement() {
        world.apply(Examples.upstream("tag"));
        List.of("east", "west", "north").forEach(id -> world.apply(bidder(id)));
        world.apply(open().build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Upstream bidder(String id) {
        return Upstream.newBuilder(Examples.upstream(id))
                .setProtocol(UpstreamProtocol.OPENRTB)
                .build();
    }

    private static Placement.Builder open() {
        return Placement.newBuilder(Examples.placement("preroll"))
                .setAuction(PlacementAuction.newBuilder()
                        .setBidders(List.of("east", "west", "north"))
                        .build());
    }

    private static AdRequest request(String id) {
        return Examples.request(id, "u1");
    }

    /** One bid of a seat of the bidder's name, for the slot that the placement names. */
    private static String bid(String request, String id, String price, String more) {
        return bids(
                request,
                "{\"id\":\"%s\",\"impid\":\"preroll\",\"price\":%s%s}".formatted(id, price, bidFields(id, more)));
    }

    private static String bidFields(String id, String more) {
        return ",\"crid\":\"cr-%1$s\",\"cid\":\"c-%1$s\",\"adomain\":[\"%1$s.example\"],\"adm\":\"<VAST version='4.2'/>\",\"mtype\":2,\"dur\":15,"
                        .formatted(id)
                + "\"nurl\":\"https://b.example/win/%1$s?p=${AUCTION_PRICE}\",\"burl\":\"https://b.example/bill/%1$s?p=${AUCTION_PRICE}&t=${AUCTION_IMP_TS}\","
                        .formatted(id)
                + "\"lurl\":\"https://b.example/loss/%s?r=${AUCTION_LOSS}\"".formatted(id)
                + more;
    }

    private static String bids(String request, String... bids) {
        return "{\"id\":\"%s\",\"cur\":\"USD\",\"seatbid\":[{\"seat\":\"s\",\"bid\":[%s]}]}"
                .formatted(request, String.join(",", bids));
    }

    private static String none(String request) {
        return "{\"id\":\"" + request + "\"}";
    }

    private void wait2() {
        world.pass(Duration.ofMillis(4));
    }

    /** Markup leads to an ad of 15 seconds. */
    private void unwrap() {
        world.answer(filled("from-markup"));
        wait2();
    }

    private static Resolution filled(String creative) {
        ResolvedAd ad = Examples.ad(creative);
        return new Resolution.Filled(
                List.of(new ResolvedAd(
                        creative,
                        0,
                        Optional.of("document.example"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(15)),
                        ad.markup(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        ResolvedAd.Unserved.NOBODY)),
                Map.of(),
                List.of());
    }

    private static List<Notice> of(List<Notice> all, NoticeKind kind) {
        return all.stream().filter(notice -> notice.getKind() == kind).toList();
    }

    @Test
    void allBiddersAreAskedAtOnceAndTheBestBidIsServedAtItsPrice() {
        world.request(request("r1"));

        assertThat(world.invited).hasSize(3);
        world.bids("east", bid("r1", "e", "2.00", ""));
        world.bids("west", bid("r1", "w", "3.00", ""));
        wait2();
        assertThat(world.answers()).as("north has not answered").isEmpty();
        world.bids("north", none("r1"));
        wait2();
        assertThat(world.asked.getFirst().call().start()).isInstanceOf(AdStart.Markup.class);
        unwrap();

        var ad = world.answer().getSlots().getFirst().getAds().getFirst();
        assertThat(ad.getCreative()).isEqualTo("cr-w");
        assertThat(ad.getAdvertiser()).isEqualTo("w.example");
        assertThat(ad.getUpstream()).isEqualTo("west");
        assertThat(ad.getCampaign()).isNull();
        assertThat(ad.getPriceCpmMicros()).isEqualTo(3_000_000);
        assertThat(ad.getCostNanos()).isEqualTo(3_000_000);
    }

    @Test
    void winAndLossAreOwedAtTheDecisionAndBillingAtTheImpressionOnce() {
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "2.00", ""));
        world.bids("west", bid("r1", "w", "3.00", ""));
        world.bids("north", none("r1"));
        wait2();
        unwrap();
        String token = world.answer().getSlots().getFirst().getAds().getFirst().getToken();
        List<Notice> decided = world.notices();

        assertThat(decided).hasSize(2);
        assertThat(of(decided, NoticeKind.WIN).getFirst().getUrl()).isEqualTo("https://b.example/win/w?p=3");
        assertThat(of(decided, NoticeKind.WIN).getFirst().getId()).isEqualTo("r1/preroll/win/west/w");
        assertThat(of(decided, NoticeKind.LOSS).getFirst().getUrl()).isEqualTo("https://b.example/loss/e?r=102");
        assertThat(of(decided, NoticeKind.LOSS).getFirst().getCode()).isEqualTo(102);
        assertThat(of(decided, NoticeKind.LOSS).getFirst().getId()).isEqualTo("r1/preroll/loss/east/e");

        long shown = world.now().toEpochMilli();
        world.event(impression(token));
        world.event(impression(token));
        List<Notice> billed = world.notices();
        assertThat(billed).hasSize(1);
        assertThat(billed.getFirst().getKind()).isEqualTo(NoticeKind.BILLING);
        assertThat(billed.getFirst().getUrl()).isEqualTo("https://b.example/bill/w?p=3&t=" + shown);
        assertThat(billed.getFirst().getUpstream()).isEqualTo("west");
    }

    @Test
    void lateBidderLosesNothingForTheOthers() {
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "2.00", ""));
        world.invited.stream()
                .skip(1)
                .forEach(late -> late.answer()
                        .complete(BidAnswer.nothing(late.call().bidder().id(), BidAnswer.Kind.LATE, "late")));
        wait2();
        unwrap();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-e");
        assertThat(answers("west", "late")).isEqualTo(1);
        assertThat(answers("north", "late")).isEqualTo(1);
        assertThat(answers("east", "bids")).isEqualTo(1);
        assertThat(answers("east", "late")).isZero();
    }

    @Test
    void bidderThatNeverAnswersIsGivenUpOnWithTheRequest() {
        world.apply(open().setHouse(Examples.creative("house")).build());
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "2.00", ""));
        world.pass(Duration.ofMillis(400));

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("house");
        assertThat(world.invited.getLast().answer()).isCancelled();
        assertThat(answers("north", "late")).isEqualTo(1);
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode())
                .as("its time was over")
                .isEqualTo(2);
    }

    @Test
    void answerThatComesAfterTheDeadlineIsCountedAsLateOnceAndWinsNothing() {
        world.apply(open().setHouse(Examples.creative("house")).build());
        world.request(request("r1"));
        var late = world.invited.getFirst();
        world.pass(Duration.ofMillis(400));
        late.answer().complete(BidAnswer.nothing("east", BidAnswer.Kind.BIDS, "too late"));
        world.pass(Duration.ofMillis(100));

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getHouse())
                .isTrue();
        assertThat(answers("east", "late")).isEqualTo(1);
        assertThat(answers("east", "bids")).isZero();
    }

    private double answers(String bidder, String outcome) {
        return world.meters
                .counter("millrace.bidders.answers", "bidder", bidder, "outcome", outcome)
                .count();
    }

    @Test
    void secondPriceIsTheRunnerUpsPlusTheIncrementAndNeverBelowTheFloor() {
        world.request(AdRequest.newBuilder(request("r1"))
                .setAuctionType(2)
                .setFloorCpmMicros(2_500_000L)
                .build());
        world.bids("east", bid("r1", "e", "2.40", ""));
        world.bids("west", bid("r1", "w", "9.00", ""));
        world.bids("north", none("r1"));
        wait2();
        unwrap();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getPriceCpmMicros())
                .isEqualTo(2_500_000);
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(100);
    }

    @Test
    void fixedPriceDealPaysItsFloor() {
        world.request(AdRequest.newBuilder(request("r1"))
                .setDeals(List.of(Deal.newBuilder()
                        .setId("d1")
                        .setFloorCpmMicros(7_000_000)
                        .setAuctionType(3)
                        .build()))
                .build());
        world.bids("east", bid("r1", "e", "8.00", ",\"dealid\":\"d1\""));
        world.bids("west", bid("r1", "w", "3.00", ""));
        world.bids("north", none("r1"));
        wait2();
        unwrap();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getPriceCpmMicros())
                .isEqualTo(7_000_000);
    }

    // ---- currencies

    private static AdRequest inEurosToo(String id, long floorMicros) {
        return AdRequest.newBuilder(request(id))
                .setCurrencies(List.of("USD", "EUR"))
                .setFloorCpmMicros(floorMicros)
                .build();
    }

    /** East bids in euros, west in dollars. */
    private AdResponse euroAuction(String id, long floorMicros, String euros, String dollars) {
        world.request(inEurosToo(id, floorMicros));
        world.bids("east", bid(id, "e", euros, "").replace("\"cur\":\"USD\"", "\"cur\":\"EUR\""));
        world.bids("west", bid(id, "w", dollars, ""));
        world.bids("north", none(id));
        wait2();
        unwrap();
        return world.answer();
    }

    @Test
    void bidInACurrencyWithoutARateLosesUntilTheRateIsThere() {
        AdResponse without = euroAuction("r1", 1_000_000, "9.00", "2.00");
        assertThat(without.getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-w");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(502);

        world.rates("EUR", Map.of("USD", "1.10"));
        AdResponse with = euroAuction("r2", 1_000_000, "1.90", "2.00");
        var ad = with.getSlots().getFirst().getAds().getFirst();
        assertThat(ad.getCreative()).as("1.90 euros are 2.09 dollars").isEqualTo("cr-e");
        assertThat(ad.getCurrency()).isEqualTo("EUR");
        assertThat(ad.getPriceCpmMicros()).as("in its own currency").isEqualTo(1_900_000);
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(102);
    }

    @Test
    void floorIsHeldAgainstABidOfAnotherCurrency() {
        world.rates("EUR", Map.of("USD", "1.10"));
        AdResponse answer = euroAuction("r1", 2_100_000, "1.90", "2.20");

        assertThat(answer.getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-w");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(100);
    }

    @Test
    void newRateHoldsForTheNextRequestAndAFaultyOneChangesNothing() {
        world.rates("EUR", Map.of("USD", "1.10"));
        world.rates("EUR", Map.of("USD", "1.00"));
        assertThat(euroAuction("r1", 1, "1.90", "2.00")
                        .getSlots()
                        .getFirst()
                        .getAds()
                        .getFirst()
                        .getCreative())
                .isEqualTo("cr-w");

        world.rates("EUR", Map.of("USD", "2.00"));
        world.rates("EUR", Map.of("USD", "-1"));
        assertThat(euroAuction("r2", 1, "1.90", "2.00")
                        .getSlots()
                        .getFirst()
                        .getAds()
                        .getFirst()
                        .getCreative())
                .isEqualTo("cr-e");
        assertThat(world.refusals).singleElement().satisfies(refused -> {
            assertThat(refused.topic()).isEqualTo("rates");
            assertThat(refused.faults().getFirst().toString())
                    .contains("rates.USD", "-1")
                    .contains("above 0");
        });
    }

    @Test
    void rateThatIsTakenAwayHoldsNoMore() {
        world.rates("EUR", Map.of("USD", "2.00"));
        world.remove(world.topics.rates(), "EUR");

        assertThat(euroAuction("r1", 1, "9.00", "2.00")
                        .getSlots()
                        .getFirst()
                        .getAds()
                        .getFirst()
                        .getCreative())
                .isEqualTo("cr-w");
    }

    @Test
    void rateThatChangesWhileBiddersAreAskedDoesNotChangeTheirAuction() {
        world.rates("EUR", Map.of("USD", "1.10"));
        world.request(inEurosToo("r1", 1));
        world.rates("EUR", Map.of("USD", "0.10"));
        world.bids("east", bid("r1", "e", "1.90", "").replace("\"cur\":\"USD\"", "\"cur\":\"EUR\""));
        world.bids("west", bid("r1", "w", "2.00", ""));
        world.bids("north", none("r1"));
        wait2();
        unwrap();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-e");
    }

    @Test
    void campaignAndBidOfTwoCurrenciesCompeteByTheRate() {
        world.rates("EUR", Map.of("USD", "1.10"));
        world.apply(Examples.own("direct")
                .setCurrency("EUR")
                .setPriceCpmMicros(2_000_000)
                .build());
        world.request(inEurosToo("r1", 0));
        world.bids("east", bid("r1", "e", "2.19", ""));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();
        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCampaign())
                .as("2 euros are 2.20 dollars")
                .isEqualTo("direct");

        world.request(inEurosToo("r2", 0));
        world.bids("east", bid("r2", "e", "2.21", ""));
        world.bids("west", none("r2"));
        world.bids("north", none("r2"));
        wait2();
        unwrap();
        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-e");
    }

    // ---- with campaigns

    @Test
    void higherTierIsAskedFirstAndBiddersNotAtAllIfItFills() {
        world.apply(Examples.own("promised").setPriority(5).setPriceCpmMicros(1).build());
        world.request(request("r1"));

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCampaign())
                .isEqualTo("promised");
        assertThat(world.invited).isEmpty();
    }

    @Test
    void withinATierTheHigherPriceGoesFirstAndACampaignAtATie() {
        world.apply(Examples.own("direct").setPriceCpmMicros(3_000_000).build());
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "3.00", ""));
        world.bids("west", bid("r1", "w", "2.00", ""));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCampaign())
                .isEqualTo("direct");
        assertThat(of(world.notices(), NoticeKind.LOSS))
                .extracting(Notice::getCode)
                .containsExactlyInAnyOrder(102, 102);

        world.request(request("r2"));
        world.bids("east", bid("r2", "e", "3.01", ""));
        world.bids("west", none("r2"));
        world.bids("north", none("r2"));
        wait2();
        unwrap();
        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-e");
    }

    @Test
    void tagThatPaysMoreIsAskedBeforeTheBidAndTheBidIsServedIfItHasNothing() {
        world.apply(
                Examples.pooled("tagged", "tag").setPriceCpmMicros(9_000_000).build());
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "3.00", ""));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.asked.getFirst().call().start()).isInstanceOf(AdStart.Tag.class);
        world.answer(new Resolution.NoAd("nothing", Map.of(), List.of()));
        unwrap();
        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-e");
    }

    @Test
    void tagsCampaignsAndBiddersOfOneTierGoByPriceWhoeverTheyAre() {
        world.apply(
                Examples.pooled("tagged", "tag").setPriceCpmMicros(4_000_000).build());
        world.apply(Examples.own("direct").setPriceCpmMicros(2_000_000).build());
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "3.00", ""));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();
        assertThat(world.asked.getFirst().call().start())
                .as("the tag pays most")
                .isInstanceOf(AdStart.Tag.class);
        world.answer(new Resolution.NoAd("nothing", Map.of(), List.of()));
        assertThat(world.asked.getFirst().call().start()).as("then the bid").isInstanceOf(AdStart.Markup.class);
        world.answer(new Resolution.NoAd("an empty document", Map.of(), List.of()));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCampaign())
                .isEqualTo("direct");
    }

    @Test
    void lowerTierServesWhenNoBidIsUsable() {
        world.apply(Examples.own("rest").setPriority(-1).build());
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "3.00", ""));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();
        world.answer(new Resolution.NoAd("an empty document", Map.of(), List.of()));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCampaign())
                .isEqualTo("rest");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(200);
    }

    @Test
    void bidOfNothingButNoBidsLeavesTheReason() {
        world.request(request("r1"));
        List.of("east", "west", "north").forEach(id -> world.bids(id, none("r1")));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getReason()).isEqualTo(NoFillReason.NO_AD);
    }

    // ---- caps and budgets

    private static CapRule onePerHour(CapScope scope) {
        return CapRule.newBuilder(Examples.perHour(1)).setScope(scope).build();
    }

    private AdResponse auction(String id, String east, String west) {
        world.request(request(id));
        world.bids("east", east);
        world.bids("west", west);
        world.bids("north", none(id));
        wait2();
        while (!world.asked.isEmpty()) {
            unwrap();
            world.pass(Duration.ofMillis(60)); // A budget may have to be asked for.
        }
        return world.answer();
    }

    @Test
    void cappedAdvertiserLosesAndTheNextBidWins() {
        world.apply(open().setCaps(List.of(onePerHour(CapScope.ADVERTISER))).build());
        auction("r1", bid("r1", "e", "5.00", ""), bid("r1", "w", "2.00", ""));
        world.notices();
        AdResponse second = auction("r2", bid("r2", "e", "5.00", ""), bid("r2", "w", "2.00", ""));

        assertThat(second.getSlots().getFirst().getAds().getFirst().getAdvertiser())
                .isEqualTo("w.example");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(500);
    }

    @Test
    void creativeCapCountsTheCridOfTheBidAndNotTheDocumentsId() {
        world.apply(open().setCaps(List.of(onePerHour(CapScope.CREATIVE))).build());
        auction("r1", bid("r1", "e", "5.00", ""), none("r1"));
        AdResponse same = auction("r2", bid("r2", "e", "5.00", ""), none("r2"));
        AdResponse other = auction("r3", bid("r3", "x", "5.00", ""), none("r3"));

        assertThat(same.getSlots().getFirst().getReason()).isEqualTo(NoFillReason.CAPPED);
        assertThat(other.getSlots().getFirst().getOutcome())
                .as("of the same document")
                .isEqualTo(Outcome.FILLED);
    }

    @Test
    void campaignCapCountsWhatTheBidSaysItIs() {
        world.apply(open().setCaps(List.of(onePerHour(CapScope.CAMPAIGN))).build());
        auction("r1", bid("r1", "e", "5.00", ""), none("r1"));
        AdResponse other = auction("r2", bid("r2", "x", "5.00", "").replace("c-x", "c-e"), none("r2"));
        AdResponse ofAnother =
                auction("r3", none("r3"), bid("r3", "y", "5.00", "").replace("c-y", "c-e"));

        assertThat(other.getSlots().getFirst().getReason()).isEqualTo(NoFillReason.CAPPED);
        assertThat(ofAnother.getSlots().getFirst().getOutcome())
                .as("the same cid of another bidder is another campaign")
                .isEqualTo(Outcome.FILLED);
    }

    @Test
    void bidOfACampaignThatNamesItsBidderIsHeldToItsCapsAndBudget() {
        world.apply(Examples.pooled("c-e", "east")
                .setPriceCpmMicros(1)
                .setBudgetNanos(5_000_000L)
                .build());
        AdResponse first = auction("r1", bid("r1", "e", "5.00", ""), bid("r1", "w", "2.00", ""));
        assertThat(world.asked).isEmpty();

        assertThat(first.getSlots().getFirst().getAds().getFirst().getCampaign())
                .isEqualTo("c-e");
        AdResponse second = auction("r2", bid("r2", "e", "5.00", ""), bid("r2", "w", "2.00", ""));
        assertThat(second.getSlots().getFirst().getAds().getFirst().getCreative())
                .as("what is left of the budget does not pay for another")
                .isEqualTo("cr-w");
    }

    @Test
    void bidCannotSpendTheBudgetOfACampaignThatDoesNotNameItsBidder() {
        world.apply(Examples.pooled("c-e", "west").setBudgetNanos(0L).build());
        AdResponse answer = auction("r1", bid("r1", "e", "5.00", ""), none("r1"));

        assertThat(answer.getSlots().getFirst().getAds().getFirst().getCampaign())
                .isNull();
    }

    @Test
    void testIsNeitherCountedNorBilled() {
        world.apply(open().setCaps(List.of(onePerHour(CapScope.CREATIVE))).build());
        for (String id : List.of("t1", "t2")) {
            world.request(AdRequest.newBuilder(request(id)).setTest(true).build());
            world.bids("east", bid(id, "e", "5.00", ""));
            world.bids("west", none(id));
            world.bids("north", none(id));
            wait2();
            unwrap();
            var ad = world.answer().getSlots().getFirst().getAds().getFirst();
            world.notices();
            world.event(impression(ad.getToken()));
            assertThat(world.notices()).isEmpty();
        }
    }

    // ---- markup

    @Test
    void markupThatOnlyTheWinNoticeReturnsIsAskedForThereAndNoNoticeIsRecordedTwice() {
        world.request(request("r1"));
        world.bids("east", bid("r1", "e", "2.00", "").replace("\"adm\":\"<VAST version='4.2'/>\",", ""));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.asked.getFirst().call().start())
                .isEqualTo(new AdStart.WinNotice("https://b.example/win/e?p=2", true));
        unwrap();
        assertThat(world.answer().getSlots().getFirst().getOutcome()).isEqualTo(Outcome.FILLED);
        assertThat(of(world.notices(), NoticeKind.WIN)).isEmpty();
    }

    private static AdRequest banner(String id) {
        return AdRequest.newBuilder(request(id))
                .setSlots(List.of(Slot.newBuilder()
                        .setId("preroll")
                        .setKind(SlotKind.BANNER)
                        .setWidth(300)
                        .setHeight(250)
                        .build()))
                .build();
    }

    private static String bannerBid(String request, String id) {
        return bid(request, id, "2.00", "")
                .replace("<VAST version='4.2'/>", "<b>${AUCTION_PRICE}</b>")
                .replace("\"mtype\":2", "\"mtype\":1");
    }

    @Test
    void displayIsBilledAtItsImpressionOrWhereTheSettingSaysSoWhenItWins() {
        AuctionSettings usual = AuctionSettings.USUAL;
        try (TopologyWorld atWin = new TopologyWorld(
                new AuctionSettings(usual.rules(), usual.terms(), usual.least(), DisplayBilling.WIN))) {
            atWin.apply(bidder("east"));
            atWin.apply(Placement.newBuilder(Examples.placement("preroll"))
                    .setAuction(PlacementAuction.newBuilder()
                            .setBidders(List.of("east"))
                            .build())
                    .build());
            atWin.request(banner("r1"));
            atWin.bids("east", bannerBid("r1", "e"));
            atWin.pass(Duration.ofMillis(4));
            String token =
                    atWin.answer().getSlots().getFirst().getAds().getFirst().getToken();
            assertThat(of(atWin.notices(), NoticeKind.BILLING))
                    .singleElement()
                    .satisfies(billed -> assertThat(billed.getUrl()).startsWith("https://b.example/bill/e?p=2&t="));
            atWin.event(impression(token));
            assertThat(atWin.notices()).as("not a second time").isEmpty();
        }

        world.request(banner("r1"));
        world.bids("east", bannerBid("r1", "e"));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();
        String token = world.answer().getSlots().getFirst().getAds().getFirst().getToken();
        assertThat(of(world.notices(), NoticeKind.BILLING)).isEmpty();
        world.event(impression(token));
        assertThat(of(world.notices(), NoticeKind.BILLING)).hasSize(1);
    }

    @Test
    void bannerIsServedAsItIs() {
        world.request(banner("r1"));
        world.bids("east", bannerBid("r1", "e"));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getMarkup())
                .isEqualTo("<b>2</b>");
    }

    @Test
    void nativeAdIsServedAsItIs() {
        world.request(AdRequest.newBuilder(request("r1"))
                .setSlots(List.of(Slot.newBuilder()
                        .setId("preroll")
                        .setKind(SlotKind.NATIVE)
                        .setNativeRequest("{\"assets\":[]}")
                        .build()))
                .build());
        world.bids(
                "east",
                bid("r1", "e", "2.00", "")
                        .replace("<VAST version='4.2'/>", "{\\\"native\\\":{\\\"link\\\":{}}}")
                        .replace("\"mtype\":2", "\"mtype\":4"));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getMarkup())
                .isEqualTo("{\"native\":{\"link\":{}}}");
    }

    @Test
    void bannerMayBeWhatTheWinNoticeReturns() {
        world.request(banner("r1"));
        world.bids("east", bannerBid("r1", "e").replace("\"adm\":\"<b>${AUCTION_PRICE}</b>\",", ""));
        world.bids("west", none("r1"));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.asked.getFirst().call().start())
                .isEqualTo(new AdStart.WinNotice("https://b.example/win/e?p=2", false));
        unwrap();
        assertThat(world.answer().getSlots().getFirst().getOutcome()).isEqualTo(Outcome.FILLED);
        assertThat(of(world.notices(), NoticeKind.WIN))
                .as("that call was the notice")
                .isEmpty();
    }

    @Test
    void bidWithNoMarkupAnywhereLosesAndTheNextOneWins() {
        world.request(banner("r1"));
        world.bids(
                "east",
                bannerBid("r1", "e")
                        .replace("\"price\":2.00", "\"price\":9.00")
                        .replace("\"adm\":\"<b>${AUCTION_PRICE}</b>\",", "")
                        .replace("\"nurl\"", "\"unknown\""));
        world.bids("west", bannerBid("r1", "w"));
        world.bids("north", none("r1"));
        wait2();

        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getCreative())
                .isEqualTo("cr-w");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(7);
    }

    // ---- time

    @Test
    void bidderIsGivenTheTimeThatIsLeftLessTheMargin() {
        DecisionSettings settings = DecisionSettings.defaults();
        world.request(AdRequest.newBuilder(request("r1")).setDeadlineMillis(200).build());

        assertThat(world.invited.getFirst().call().remaining())
                .isEqualTo(Duration.ofMillis(200).minus(settings.margin()));
    }

    @Test
    void whereTooLittleTimeIsLeftNobodyIsAsked() {
        Duration margin = DecisionSettings.defaults().margin();
        Duration least = AuctionSettings.USUAL.least();
        world.request(AdRequest.newBuilder(request("r1"))
                .setDeadlineMillis((int) margin.plus(least).minusMillis(1).toMillis())
                .build());
        assertThat(world.invited).isEmpty();
        assertThat(world.answer().getSlots().getFirst().getReason()).isEqualTo(NoFillReason.NO_AD);

        world.request(AdRequest.newBuilder(request("r2"))
                .setDeadlineMillis((int) margin.plus(least).toMillis())
                .build());
        assertThat(world.invited).hasSize(3);
    }

    // ---- pods

    private static AdRequest pod(String id, int most, int seconds) {
        return AdRequest.newBuilder(request(id))
                .setSlots(List.of(Slot.newBuilder()
                        .setId("preroll")
                        .setPod(Pod.newBuilder()
                                .setId("p")
                                .setMaxAds(most)
                                .setTotalMillis(seconds * 1000)
                                .setSeparation(List.of(PodSeparation.ADVERTISER))
                                .build())
                        .build()))
                .build();
    }

    private static String several(String request, String... idsAndPrices) {
        List<String> bids = new ArrayList<>();
        for (String pair : Arrays.asList(idsAndPrices)) {
            String[] parts = pair.split(":");
            bids.add("{\"id\":\"%s\",\"impid\":\"preroll\",\"price\":%s%s}"
                    .formatted(parts[0], parts[1], bidFields(parts[0], "")));
        }
        return bids(request, bids.toArray(String[]::new));
    }

    @Test
    void breakIsFilledWithTheBestBidsOfSeveralBidders() {
        world.request(pod("r1", 3, 45));
        world.bids("east", several("r1", "a:5.00", "b:1.00"));
        world.bids("west", several("r1", "c:4.00", "d:3.00"));
        world.bids("north", none("r1"));
        wait2();
        for (int ad = 0; ad < 3; ad++) {
            unwrap();
        }

        AdResponse answer = world.answer();
        assertThat(answer.getSlots().getFirst().getAds())
                .extracting(ad -> ad.getCreative())
                .containsExactlyInAnyOrder("cr-a", "cr-c", "cr-d");
        assertThat(of(world.notices(), NoticeKind.LOSS)).hasSize(1);
    }

    @Test
    void adsOfABreakAreInTheOrderThatTheirBiddersAskedFor() {
        world.request(pod("r1", 3, 45));
        world.bids(
                "east",
                bids(
                        "r1",
                        "{\"id\":\"a\",\"impid\":\"preroll\",\"price\":5%s}"
                                .formatted(bidFields("a", ",\"slotinpod\":-1")),
                        "{\"id\":\"b\",\"impid\":\"preroll\",\"price\":1%s}"
                                .formatted(bidFields("b", ",\"slotinpod\":1"))));
        world.bids("west", several("r1", "c:3.00"));
        world.bids("north", none("r1"));
        wait2();
        for (int ad = 0; ad < 3; ad++) {
            unwrap();
        }

        assertThat(world.answer().getSlots().getFirst().getAds())
                .extracting(ad -> ad.getCreative())
                .containsExactly("cr-b", "cr-c", "cr-a");
    }

    @Test
    void slotsOfOnePodAreFilledTogetherAndKeptApart() {
        Pod one = Pod.newBuilder()
                .setId("p")
                .setMaxAds(1)
                .setTotalMillis(30_000)
                .setSeparation(List.of(PodSeparation.ADVERTISER))
                .build();
        world.request(AdRequest.newBuilder(request("r1"))
                .setSlots(List.of(
                        Slot.newBuilder().setId("preroll").setPod(one).build(),
                        Slot.newBuilder().setId("second").setPod(one).build()))
                .build());
        String same = ",\"adomain\":[\"x.example\"]";
        world.bids(
                "east",
                bids(
                        "r1",
                        "{\"id\":\"a\",\"impid\":\"preroll\",\"price\":5%s}"
                                .formatted(
                                        bidFields("a", "").replace("\"adomain\":[\"a.example\"]", same.substring(1))),
                        "{\"id\":\"b\",\"impid\":\"second\",\"price\":6%s}"
                                .formatted(
                                        bidFields("b", "").replace("\"adomain\":[\"b.example\"]", same.substring(1)))));
        world.bids(
                "west", bids("r1", "{\"id\":\"c\",\"impid\":\"second\",\"price\":4%s}".formatted(bidFields("c", ""))));
        world.bids("north", none("r1"));
        wait2();
        unwrap();
        unwrap();

        assertThat(world.answer().getSlots())
                .as("5 + 4, and not 6")
                .extracting(slot -> slot.getAds().getFirst().getCreative())
                .containsExactly("cr-a", "cr-c");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(205);
    }

    @Test
    void breakHoldsNoMoreOfACampaignThanItsCapAllows() {
        world.apply(open().setCaps(List.of(CapRule.newBuilder()
                        .setScope(CapScope.UPSTREAM)
                        .setLimit(1)
                        .setWindow(CapWindow.POD)
                        .build()))
                .build());
        world.request(pod("r1", 3, 45));
        world.bids("east", several("r1", "a:5.00", "b:4.50"));
        world.bids("west", several("r1", "c:4.00"));
        world.bids("north", none("r1"));
        wait2();
        unwrap();
        unwrap();

        assertThat(world.answer().getSlots().getFirst().getAds())
                .extracting(ad -> ad.getCreative())
                .containsExactlyInAnyOrder("cr-a", "cr-c");
        assertThat(of(world.notices(), NoticeKind.LOSS).getFirst().getCode()).isEqualTo(500);
    }

    // ---- crashes

    /** A break of two, of which one ad is served and the other waits for the money of its campaign. */
    private static void breakThatIsHalfServed(TopologyWorld world) {
        world.ledgerIsAway = true;
        world.apply(bidder("east"));
        world.apply(bidder("west"));
        world.apply(Placement.newBuilder(Examples.placement("preroll"))
                .setAuction(PlacementAuction.newBuilder()
                        .setBidders(List.of("east", "west"))
                        .build())
                .build());
        world.apply(Examples.pooled("c-b", "east")
                .setPriceCpmMicros(1)
                .setBudgetNanos(1_000_000_000L)
                .build());
        world.request(pod("r1", 2, 30));
        world.bids("east", several("r1", "a:5.00", "b:4.00"));
        world.bids("west", several("r1", "c:3.00"));
        world.pass(Duration.ofMillis(4));
        world.answer(filled("from-markup"));
        world.answer(filled("from-markup"));
        assertThat(world.answers()).as("the second ad has no money yet").isEmpty();
    }

    @Test
    void losersOfABreakThatACrashCutOffAreToldOnce() {
        try (TopologyWorld mortal = TopologyWorld.mortal()) {
            breakThatIsHalfServed(mortal);
            assertThat(mortal.notices())
                    .extracting(Notice::getId)
                    .as("who lost is not known before the break is decided")
                    .containsExactly("r1/preroll/win/east/a");
            mortal.commit();
            mortal.crash();
            mortal.pass(Duration.ofMillis(10));

            assertThat(mortal.answer().getSlots().getFirst().getAds())
                    .extracting(ad -> ad.getCreative())
                    .containsExactly("cr-a");
            assertThat(mortal.invited).as("the break is decided").isEmpty();
            assertThat(mortal.notices())
                    .extracting(Notice::getId, Notice::getUrl, Notice::getCode)
                    .containsExactlyInAnyOrder(
                            tuple("r1/preroll/loss/west/c", "https://b.example/loss/c?r=102", 102),
                            tuple("r1/preroll/loss/east/b", "https://b.example/loss/b?r=2", 2));
            mortal.commit();
            mortal.crash();
            mortal.pass(Duration.ofMillis(10));
            assertThat(mortal.notices()).as("once").isEmpty();
        }
    }

    @Test
    void losersThatWereToldAndNotCommittedAreToldAgainTheSame() {
        try (TopologyWorld mortal = TopologyWorld.mortal()) {
            breakThatIsHalfServed(mortal);
            mortal.commit();
            mortal.notices();
            mortal.crash();
            mortal.pass(Duration.ofMillis(10));
            List<Notice> first = mortal.notices();
            mortal.crash();
            mortal.pass(Duration.ofMillis(10));

            assertThat(first).hasSize(2);
            assertThat(mortal.notices())
                    .extracting(Notice::getId)
                    .containsExactlyElementsOf(first.stream().map(Notice::getId).toList());
        }
    }

    @Test
    void auctionThatWasDecidedAndNotCommittedIsHeldAgain() {
        try (TopologyWorld mortal = TopologyWorld.mortal()) {
            mortal.apply(bidder("east"));
            mortal.apply(bidder("west"));
            mortal.apply(Placement.newBuilder(Examples.placement("preroll"))
                    .setAuction(PlacementAuction.newBuilder()
                            .setBidders(List.of("east", "west"))
                            .build())
                    .build());
            mortal.request(banner("r1"));
            mortal.commit();
            mortal.bids("east", bannerBid("r1", "e"));
            mortal.bids("west", none("r1"));
            mortal.pass(Duration.ofMillis(4));
            assertThat(mortal.notices()).hasSize(1);
            mortal.crash();
            mortal.pass(Duration.ofMillis(4));
            mortal.bids("east", none("r1"));
            mortal.bids("west", bannerBid("r1", "w"));
            mortal.pass(Duration.ofMillis(4));

            assertThat(mortal.notices())
                    .extracting(Notice::getId)
                    .as("what did not happen lost nothing")
                    .containsExactly("r1/preroll/win/west/w");
        }
    }
}

package millrace.upstream.openrtb.auction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static millrace.upstream.openrtb.auction.Messages.answer;
import static millrace.upstream.openrtb.auction.Messages.answerOf;
import static millrace.upstream.openrtb.auction.Messages.bid;
import static millrace.upstream.openrtb.auction.Messages.imps;
import static millrace.upstream.openrtb.auction.Messages.request;
import static millrace.upstream.openrtb.auction.Messages.seat;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import millrace.money.Cpm;
import millrace.money.Rates;
import millrace.upstream.openrtb.model.BidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuctionTest {
    private static final Rates EURO = new Rates(Map.of("EUR", Map.of("USD", new BigDecimal("1.10"))));
    private static final String BANNER = ",\"banner\":{\"format\":[{\"w\":300,\"h\":250}]}}";

    private static AuctionResult run(BidRequest request, Answer... answers) {
        return Auction.run(request, List.of(answers), AuctionRules.USUAL.with(EURO));
    }

    private static List<String> winners(AuctionResult result) {
        return result.winners().stream()
                .map(winner -> winner.bid().id() + "@"
                        + BigDecimal.valueOf(winner.clearing().micros(), 6)
                                .stripTrailingZeros()
                                .toPlainString())
                .toList();
    }

    private static List<String> losers(AuctionResult result) {
        return result.losers().stream()
                .map(loser -> loser.bid().id() + "=" + loser.reason().code())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, b1@1", "2, b1@0.91", "500, b1@1", "7, b1@1"})
    void auctionTypeMakesThePrice(int type, String winner) {
        AuctionResult result = run(
                request("\"at\":" + type, "\"bidfloor\":0.85"),
                answer("x", seat("s1", bid("b1", "1.00")), seat("s2", bid("b2", "0.90"))),
                answer("y", seat("s1", bid("b3", "0.80"))));

        assertThat(winners(result)).containsExactly(winner);
        assertThat(losers(result)).containsExactly("b2=102", "b3=100");
    }

    @Test
    void absentAuctionTypeIsSecondPrice() {
        AuctionResult result =
                run(request("\"at\":null", ""), answer("x", seat("s1", bid("b1", "2")), seat("s2", bid("b2", "1"))));

        assertThat(winners(result)).containsExactly("b1@1.01");
        assertThat(result.winners().getFirst().minToWin()).isEqualTo(new Cpm(1_000_000));
        assertThat(result.losers().getFirst().minToWin()).contains(new Cpm(2_000_000));
    }

    @Test
    void aSeatIsNotOutbidByItself() {
        AuctionResult result = run(request("\"at\":2", ""), answer("x", seat("s1", bid("b1", "2"), bid("b2", "1.9"))));

        assertThat(winners(result)).containsExactly("b1@0.5");
    }

    @Test
    void secondPriceNeverExceedsTheBidAndIsNeverNothing() {
        assertThat(winners(run(
                        request("\"at\":2", ""),
                        answer("x", seat("s1", bid("b1", "1.005")), seat("s2", bid("b2", "1"))))))
                .containsExactly("b1@1.005");
        assertThat(winners(run(request("\"at\":2", "\"bidfloor\":0"), answer("x", seat("s1", bid("b1", "3"))))))
                .containsExactly("b1@0.01");
    }

    @Test
    void blockedBidSetsNoPrice() {
        AuctionResult result = run(
                request("\"at\":2,\"badv\":[\"b2.example\"]", ""),
                answer("x", seat("s1", bid("b1", "2")), seat("s2", bid("b2", "1.9")), seat("s3", bid("b3", "0.7"))));

        assertThat(winners(result)).containsExactly("b1@0.71");
        assertThat(losers(result)).containsExactly("b2=205", "b3=102");
    }

    @ParameterizedTest
    @CsvSource({"1, b1@5", "2, b1@2", "3, b1@2", "600, b1@5"})
    void dealHasATypeOfItsOwn(int type, String winner) {
        AuctionResult result = run(
                request("\"at\":2", "\"pmp\":{\"deals\":[{\"id\":\"d1\",\"bidfloor\":2,\"at\":" + type + "}]}"),
                answer("x", seat("s1", bid("b1", "5", "\"dealid\":\"d1\"")), seat("s2", bid("b2", "1"))));

        assertThat(winners(result)).containsExactly(winner);
    }

    @Test
    void fixedPriceIsWhatADealIsWorth() {
        AuctionResult result = run(
                request("", "\"pmp\":{\"deals\":[{\"id\":\"d1\",\"bidfloor\":2,\"at\":3}]}"),
                answer("x", seat("s1", bid("b1", "9", "\"dealid\":\"d1\"")), seat("s2", bid("b2", "3"))));

        assertThat(winners(result)).containsExactly("b2@3");
    }

    @ParameterizedTest
    @CsvSource({"NONE, b3@9", "GUARANTEED, b2@2", "ALL, b1@3"})
    void priorityOfDealsIsARule(DealPriority priority, String winner) {
        BidRequest request =
                request("", "\"pmp\":{\"deals\":[{\"id\":\"d1\"},{\"id\":\"d2\",\"bidfloor\":2,\"guar\":1}]}");
        Answer answer = answer(
                "x",
                seat("s1", bid("b1", "3", "\"dealid\":\"d1\"")),
                seat("s2", bid("b2", "2", "\"dealid\":\"d2\"")),
                seat("s3", bid("b3", "9")));

        AuctionResult result = Auction.run(request, List.of(answer), AuctionRules.USUAL.with(priority));

        assertThat(winners(result)).containsExactly(winner);
        assertThat(losers(result)).contains(priority == DealPriority.NONE ? "b2=102" : "b3=103");
    }

    @Test
    void bidsAreComparedInOneCurrencyAndPaidInTheirOwn() {
        AuctionResult result = run(
                request("\"at\":2,\"cur\":[\"USD\",\"EUR\"]", ""),
                answerOf("x", "\"id\":\"a-1\",\"cur\":\"EUR\",\"seatbid\":[" + seat("s1", bid("b1", "2")) + "]"),
                answer("y", seat("s1", bid("b2", "2.09"))));

        assertThat(winners(result)).containsExactly("b1@1.909091");
        assertThat(result.winners().getFirst().currency()).isEqualTo("EUR");
    }

    @Test
    void priceThatEqualsAFloorOfAnotherCurrencyPasses() {
        assertThat(winners(run(
                        request("\"cur\":[\"EUR\"]", "\"bidfloor\":1.10"),
                        answerOf(
                                "x",
                                "\"id\":\"a-1\",\"cur\":\"EUR\",\"seatbid\":[" + seat("s1", bid("b1", "1")) + "]"))))
                .containsExactly("b1@1");
        assertThat(losers(run(
                        request("\"cur\":[\"EUR\"]", "\"bidfloor\":1.10001"),
                        answerOf(
                                "x",
                                "\"id\":\"a-1\",\"cur\":\"EUR\",\"seatbid\":[" + seat("s1", bid("b1", "1")) + "]"))))
                .containsExactly("b1=100");
    }

    @Test
    void bidWithoutARateIsNoBidAndOneCurrencyNeedsNone() {
        String yen = "\"id\":\"a-1\",\"cur\":\"JPY\",\"seatbid\":[" + seat("s1", bid("b1", "200")) + "]";

        assertThat(losers(run(
                        request("", "\"bidfloor\":0"), answerOf("x", yen), answer("y", seat("s1", bid("b2", "1"))))))
                .containsExactly("b1=502");
        assertThat(winners(run(request("", "\"bidfloor\":0"), answerOf("x", yen))))
                .containsExactly("b1@200");
        assertThat(losers(run(request("\"cur\":[\"USD\"]", ""), answerOf("x", yen))))
                .containsExactly("b1=3");
    }

    @Test
    void rateIsTakenFromItsReverseOrOverAThird() {
        Rates rates = new Rates(Map.of("USD", Map.of("EUR", new BigDecimal("0.8"), "JPY", new BigDecimal("150"))));

        assertThat(rates.rate("EUR", "USD").orElseThrow()).isEqualByComparingTo("1.25");
        assertThat(rates.rate("EUR", "JPY").orElseThrow()).isEqualByComparingTo("187.5");
        assertThat(rates.rate("EUR", "CHF")).isEmpty();
    }

    @Test
    void groupWinsWholeOrNotAtAll() {
        BidRequest two = imps("", "{\"id\":\"1\"" + BANNER + ",{\"id\":\"2\"" + BANNER);
        String group = "{\"seat\":\"s1\",\"group\":1,\"bid\":[" + bid("b1", "2") + ","
                + bid("b2", "1", "\"impid\":\"2\"") + "]}";

        assertThat(winners(run(two, answer("x", group)))).containsExactly("b1@2", "b2@1");
        AuctionResult outbid = run(
                two, answer("x", group), answer("y", seat("s", bid("b3", "1.5", "\"impid\":\"2\""), bid("b4", "1"))));
        assertThat(winners(outbid)).containsExactly("b4@1", "b3@1.5");
        assertThat(losers(outbid)).containsExactly("b1=102", "b2=102");
    }

    @Test
    void cheapestBrokenGroupLeavesFirstAndTheOtherWins() {
        BidRequest two = imps("", "{\"id\":\"1\"" + BANNER + ",{\"id\":\"2\"" + BANNER);
        String one = "{\"seat\":\"s1\",\"group\":1,\"bid\":[" + bid("b1", "5") + "," + bid("b2", "1", "\"impid\":\"2\"")
                + "]}";
        String other = "{\"seat\":\"s2\",\"group\":1,\"bid\":[" + bid("b3", "2") + ","
                + bid("b4", "2", "\"impid\":\"2\"") + "]}";

        assertThat(winners(run(two, answer("x", one, other)))).containsExactly("b1@5", "b2@1");
    }

    @Test
    void invalidMemberCostsTheGroup() {
        BidRequest two = imps("", "{\"id\":\"1\"" + BANNER + ",{\"id\":\"2\"" + BANNER);
        String group = "{\"seat\":\"s1\",\"group\":1,\"bid\":[" + bid("b1", "2") + ","
                + bid("b2", "1", "\"impid\":\"2\",\"crid\":null") + "]}";

        assertThat(losers(run(two, answer("x", group)))).containsExactly("b1=8", "b2=8");
    }

    @Test
    void bidThatAdmissionRefusesLosesAndTheNextOneWinsAtItsOwnPrice() {
        Admission capped = proposed -> IntStream.range(0, proposed.size())
                .filter(i -> "b1".equals(proposed.get(i).bid().id()))
                .mapToObj(i -> new Admission.Refused(i, new Refusal(LossReason.FREQUENCY_CAP, "cap of creative cr-b1")))
                .toList();

        AuctionResult result = Auction.run(
                request("\"at\":2", ""),
                List.of(answer(
                        "x", seat("s1", bid("b1", "3")), seat("s2", bid("b2", "2")), seat("s3", bid("b3", "1")))),
                AuctionRules.USUAL,
                capped);

        assertThat(winners(result)).containsExactly("b2@1.01");
        assertThat(losers(result)).containsExactly("b1=500", "b3=102");
    }

    @Test
    void whoDidNotBidIsNamedWithItsReason() {
        AuctionResult result = run(
                request("", ""),
                answerOf("a", "\"id\":\"a-1\",\"nbr\":2"),
                answerOf("b", ""),
                answerOf("c", "\"id\":\"a-1\",\"seatbid\":[]"),
                Answer.of("d", Messages.OPEN_RTB.responses().readAndCheck("<html>".getBytes(UTF_8))),
                new Answer.Nothing("e", "late"),
                answerOf("f", "\"id\":\"other\",\"seatbid\":[" + seat("s1", bid("b1", "1")) + "]"),
                answerOf("g", "\"id\":\"a-1\",\"cur\":[\"USD\"],\"seatbid\":[" + seat("s1", bid("b2", "1")) + "]"));

        assertThat(result.noBids()).extracting(NoBid::bidder).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(result.noBids().getFirst().nbr()).hasValue(2);
        assertThat(losers(result)).containsExactly("b1=5", "b2=3");
    }

    @Test
    void secondBidOfOneIdIsRefusedAndAFaultyBidCostsOnlyItself() {
        AuctionResult result = run(
                request("", ""),
                answer("x", seat("s1", bid("b1", "1"), bid("b1", "2"), bid("b2", "3", "\"adomain\":\"a.example\""))));

        assertThat(winners(result)).containsExactly("b1@1");
        assertThat(losers(result)).containsExactly("b1=3", "b2=3");
    }

    @Test
    void bidsBeyondTwoHundredOfAResponseLose() {
        String[] bids = IntStream.range(0, 203).mapToObj(i -> bid("b" + i, "1")).toArray(String[]::new);

        AuctionResult result = run(request("", ""), answer("x", seat("s1", bids)));

        assertThat(losers(result))
                .contains("b200=3", "b201=3", "b202=3")
                .filteredOn(lost -> lost.endsWith("=3"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void orderOfTheAnswersChangesNothing(long seed) {
        List<Answer> answers = new ArrayList<>();
        for (String bidder : List.of("a", "b", "c", "d", "e", "f")) {
            answers.add(answer(bidder, seat("s1", bid("1", "2"), bid("2", "2")), seat("s2", bid("3", "1.5"))));
        }
        AuctionResult first = Auction.run(request("\"at\":2", ""), answers, AuctionRules.USUAL);

        Collections.shuffle(answers, new Random(seed));
        AuctionResult again = Auction.run(request("\"at\":2", ""), answers, AuctionRules.USUAL);

        assertThat(again.winners()).isEqualTo(first.winners());
        assertThat(losers(again)).isEqualTo(losers(first));
    }

    @Test
    void drawsAreFairBetweenBidders() {
        Map<String, Long> wins = IntStream.range(0, 400)
                .mapToObj(i -> Auction.run(
                        imps("\"id\":\"r" + i + "\"", "{\"id\":\"1\"" + BANNER),
                        List.of(tie("a", i), tie("b", i)),
                        AuctionRules.USUAL))
                .map(result -> result.winners().getFirst().bidder())
                .collect(groupingBy(bidder -> bidder, counting()));

        assertThat(wins.get("a")).isBetween(150L, 250L);
    }

    private static Answer tie(String bidder, int request) {
        return answerOf(bidder, "\"id\":\"r" + request + "\",\"seatbid\":[" + seat("s", bid("1", "1")) + "]");
    }
}

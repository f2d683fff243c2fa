package millrace.upstream.openrtb.auction;

import static millrace.upstream.openrtb.auction.Messages.answer;
import static millrace.upstream.openrtb.auction.Messages.bid;
import static millrace.upstream.openrtb.auction.Messages.imps;
import static millrace.upstream.openrtb.auction.Messages.seat;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import millrace.upstream.openrtb.model.BidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Breaks in an auction: what wins them together, in which order, and why the others lost. */
class PodAuctionTest {
    private static final String VAST = "\"adm\":\"<VAST version='4.2'></VAST>\",\"mtype\":2,";

    /** A video impression of pod p. */
    private static String slot(String id, String more) {
        return "{\"id\":\"" + id + "\",\"video\":{\"mimes\":[\"video/mp4\"],\"podid\":\"p\"," + more + "}}";
    }

    private static BidRequest dynamic(String more) {
        return imps("", slot("1", "\"poddur\":60,\"maxseq\":4" + more));
    }

    private static String ad(String id, String price, int seconds, String... more) {
        return bid(id, price, VAST + "\"dur\":" + seconds + (more.length == 0 ? "" : "," + String.join(",", more)));
    }

    private static AuctionResult run(BidRequest request, String... bids) {
        Answer[] answers = new Answer[bids.length];
        for (int i = 0; i < bids.length; i++) {
            answers[i] = answer("bidder-" + i, seat("s" + i, bids[i]));
        }
        return Auction.run(request, List.of(answers), AuctionRules.USUAL);
    }

    private static List<String> winners(AuctionResult result) {
        return result.winners().stream()
                .map(winner -> winner.imp().id() + ":" + winner.bid().id())
                .toList();
    }

    private static List<String> losers(AuctionResult result) {
        return result.losers().stream()
                .map(loser -> loser.bid().id() + "=" + loser.reason().code())
                .sorted()
                .toList();
    }

    @Test
    void dynamicPodIsFilledWithTheBestTotalAndNotWithTheDearestAd() {
        AuctionResult result = run(dynamic(""), ad("long", "10", 60), ad("a", "6", 30), ad("b", "6", 30));

        assertThat(winners(result)).containsExactlyInAnyOrder("1:a", "1:b");
        assertThat(losers(result)).containsExactly("long=102");
    }

    @Test
    void dynamicPodHoldsNoMoreAdsThanItSays() {
        AuctionResult result = run(
                imps("", slot("1", "\"poddur\":60,\"maxseq\":2")),
                ad("a", "3", 10),
                ad("b", "2", 10),
                ad("c", "1", 10));

        assertThat(winners(result)).containsExactlyInAnyOrder("1:a", "1:b");
        assertThat(losers(result)).containsExactly("c=102");
    }

    @Test
    void structuredPodFillsEachSlotAndDecidesThemTogether() {
        BidRequest two = imps("", slot("1", "\"slotinpod\":1,\"poddedupe\":[1]") + "," + slot("2", "\"slotinpod\":-1"));
        String same = "\"adomain\":[\"x.example\"]";
        AuctionResult result = run(
                two,
                ad("first", "5", 15, same),
                ad("last", "6", 15, same, "\"impid\":\"2\""),
                ad("other", "4", 15, "\"impid\":\"2\""));

        assertThat(winners(result)).as("5 + 4, and not 6").containsExactly("1:first", "2:other");
        assertThat(losers(result)).containsExactly("last=205");
    }

    @Test
    void hybridPodHasItsSlotAndTheSharedTime() {
        BidRequest hybrid = imps("", slot("1", "\"slotinpod\":1") + "," + slot("2", "\"poddur\":30,\"maxseq\":2"));
        AuctionResult result = run(
                hybrid,
                ad("opens", "2", 60),
                ad("a", "3", 15, "\"impid\":\"2\""),
                ad("b", "3", 15, "\"impid\":\"2\""),
                ad("c", "5", 30, "\"impid\":\"2\""));

        assertThat(winners(result)).containsExactlyInAnyOrder("1:opens", "2:a", "2:b");
        assertThat(result.winners()).extracting(Winner::position).containsExactly(1, 2, 3);
        assertThat(losers(result)).containsExactly("c=102");
    }

    @ParameterizedTest
    @CsvSource({"1, 205", "2, 209", "3, 200", "4, 200", "5, 0"})
    void whatIsTooMuchLikeAWinnerLosesForThat(int dedupe, int code) {
        String same = "\"adomain\":[\"x.example\"],\"cat\":[\"IAB1\"],\"crid\":\"one\","
                + "\"adm\":\"<VAST><MediaFile><![CDATA[https://cdn.example/one.mp4]]></MediaFile></VAST>\"";
        AuctionResult result =
                run(dynamic(",\"poddedupe\":[" + dedupe + "]"), ad("a", "3", 15, same), ad("b", "2", 15, same));

        assertThat(losers(result)).isEqualTo(code == 0 ? List.of() : List.of("b=" + code));
    }

    @Test
    void wishesOfBiddersOrderTheAdsOfSharedTime() {
        AuctionResult result = run(
                dynamic(""),
                ad("closes", "9", 15, "\"slotinpod\":-1"),
                ad("opens", "1", 15, "\"slotinpod\":1"),
                ad("anywhere", "5", 15));

        assertThat(result.winners().stream()
                        .map(winner -> winner.position() + ":" + winner.bid().id()))
                .containsExactly("1:opens", "2:anywhere", "3:closes");
    }

    @Test
    void bidForAPositionThatAnotherHasLoses() {
        AuctionResult result =
                run(dynamic(""), ad("one", "3", 15, "\"slotinpod\":1"), ad("two", "2", 15, "\"slotinpod\":1"));

        assertThat(winners(result)).containsExactly("1:one");
        assertThat(losers(result)).containsExactly("two=102");
    }

    @Test
    void guaranteedDealHasItsPlaceInABreakWhateverOthersPay() {
        BidRequest request = imps(
                "",
                slot("1", "\"poddur\":30,\"maxseq\":1")
                        .replace("\"video\"", "\"pmp\":{\"deals\":[{\"id\":\"d\",\"guar\":1}]},\"video\""));
        AuctionResult result = run(request, ad("promised", "1", 30, "\"dealid\":\"d\""), ad("open", "9", 30));

        assertThat(winners(result)).containsExactly("1:promised");
        assertThat(losers(result)).containsExactly("open=103");
    }

    @Test
    void secondPriceOfABreakIsTheBestLosersWhoFitsInThePlace() {
        BidRequest request = imps("\"at\":2", slot("1", "\"poddur\":30,\"maxseq\":2"));
        AuctionResult result =
                run(request, ad("a", "5", 15), ad("b", "4", 15), ad("fits", "2", 15), ad("long", "3", 30));

        assertThat(result.winners())
                .extracting(winner ->
                        BigDecimal.valueOf(winner.clearing().micros(), 6).stripTrailingZeros())
                .containsOnly(new BigDecimal("2.01"));
    }

    @Test
    void impressionsOfTwoPodsAreTwoBreaks() {
        BidRequest two = imps(
                "",
                slot("1", "\"poddedupe\":[1]") + ","
                        + slot("2", "\"poddedupe\":[1]").replace("\"p\"", "\"q\""));
        String same = "\"adomain\":[\"x.example\"]";

        assertThat(winners(run(two, ad("a", "5", 15, same), ad("b", "6", 15, same, "\"impid\":\"2\""))))
                .containsExactly("1:a", "2:b");
    }
}

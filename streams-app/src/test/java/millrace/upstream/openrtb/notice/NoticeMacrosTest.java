package millrace.upstream.openrtb.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import millrace.upstream.openrtb.auction.Auction;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.AuctionRules;
import millrace.upstream.openrtb.auction.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeMacrosTest {
    private static final MacroValues VALUES = new MacroValues(Map.of(
            Macro.AUCTION_ID, "a-1",
            Macro.AUCTION_PRICE, "1.91",
            Macro.AUCTION_LOSS, "102",
            Macro.AUCTION_MULTIPLIER, "2",
            Macro.AUCTION_SEAT_ID, "s&1 \"x\"\r\n é",
            Macro.AUCTION_AD_ID, "${AUCTION_PRICE}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://b.example/n?p=${AUCTION_PRICE}&i=${AUCTION_ID}|https://b.example/n?p=1.91&i=a-1",
                "${AUCTION_PRICE:B64}|MS45MQ==",
                "no value: ${AUCTION_BID_ID}${AUCTION_MIN_TO_WIN:B64}.|no value: .",
                "${AUCTION_PRICE:XYZ} ${OTHER} ${auction_price} $AUCTION_PRICE|${AUCTION_PRICE:XYZ} ${OTHER} ${auction_price} $AUCTION_PRICE",
                "[CACHEBUSTING] ${AUCTION_ID}|[CACHEBUSTING] a-1",
                "${${AUCTION_ID}|${a-1",
                "${AUCTION_ID|${AUCTION_ID",
                "${AUCTION_AD_ID}|${AUCTION_PRICE}"
            })
    void macrosAreReplacedAndEverythingElseStays(String text, String expected) {
        assertThat(Macros.fill(text, MacroPlace.ADM, VALUES)).isEqualTo(expected);
    }

    @Test
    void macroHasAValueOnlyWhereItIsDefined() {
        String text = "${AUCTION_LOSS}/${AUCTION_MULTIPLIER}/${AUCTION_IMP_TS}";
        MacroValues shown = VALUES.shownAt(Instant.ofEpochMilli(1234));

        assertThat(Macros.fill(text, MacroPlace.NURL, shown)).isEqualTo("/2/");
        assertThat(Macros.fill(text, MacroPlace.BURL, shown)).isEqualTo("/2/1234");
        assertThat(Macros.fill(text, MacroPlace.LURL, shown)).isEqualTo("102//");
        assertThat(Macros.fill(text, MacroPlace.ADM, shown)).isEqualTo("/2/");
    }

    @Test
    void noValueBreaksOutOfAnAddress() {
        assertThat(Macros.fill("https://b.example/?s=${AUCTION_SEAT_ID}", MacroPlace.NURL, VALUES))
                .isEqualTo("https://b.example/?s=s&1%20%22x%22%0D%0A%20%C3%A9");
    }

    @Test
    void auditIsSaidToBeOne() {
        assertThat(Macros.fill("${AUCTION_PRICE}-${AUCTION_ID}", MacroPlace.ADM, MacroValues.ofAudit()))
                .isEqualTo("AUDIT-AUDIT");
    }

    @Test
    void idsOfTheResponseAndTheAdAreTheBiddersOwn() {
        AuctionResult result = Auction.run(
                Messages.request("", ""),
                List.of(Messages.answerOf(
                        "x",
                        "\"id\":\"a-1\",\"bidid\":\"answer-7\",\"seatbid\":["
                                + Messages.seat("s1", Messages.bid("b1", "1.00", "\"adid\":\"ad-3\"")) + "]")),
                AuctionRules.USUAL);

        assertThat(Macros.fill(
                        "${AUCTION_BID_ID} ${AUCTION_AD_ID}",
                        MacroPlace.NURL,
                        MacroValues.of("a-1", result.winners().getFirst())))
                .isEqualTo("answer-7 ad-3");
    }

    @Test
    void winnerLearnsWhatItPaysAndALoserDoesNot() {
        AuctionResult result = Auction.run(
                Messages.request("\"at\":2", "\"bidfloor\":0.85"),
                List.of(Messages.answer(
                        "x",
                        Messages.seat("s1", Messages.bid("b1", "1.00")),
                        Messages.seat("s2", Messages.bid("b2", "0.90")),
                        Messages.seat("s3", Messages.bid("b3", "0.80")))),
                AuctionRules.USUAL);
        String text = "${AUCTION_ID} ${AUCTION_IMP_ID} ${AUCTION_SEAT_ID} ${AUCTION_PRICE} ${AUCTION_CURRENCY}"
                + " ${AUCTION_MBR} ${AUCTION_LOSS} ${AUCTION_MIN_TO_WIN}";

        assertThat(Macros.fill(
                        text,
                        MacroPlace.NURL,
                        MacroValues.of("a-1", result.winners().getFirst())))
                .isEqualTo("a-1 1 s1 0.91 USD 0.91  0.9");
        assertThat(result.losers().stream()
                        .map(loser -> Macros.fill(text, MacroPlace.LURL, MacroValues.of("a-1", loser))))
                .containsExactlyInAnyOrder("a-1 1 s2  USD  102 1", "a-1 1 s3  USD  100 ");
    }

    @Test
    void longTextOfOpenMacrosCostsLittle() {
        String hostile = "${".repeat(400_000) + "}";

        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(Macros.fill(hostile, MacroPlace.ADM, VALUES)).isEqualTo(hostile));
    }
}

package millrace.upstream.openrtb.auction;

import static millrace.upstream.openrtb.auction.Messages.imps;
import static millrace.upstream.openrtb.auction.Messages.seat;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import millrace.money.Rates;
import millrace.upstream.openrtb.model.BidRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in every auction, over many that are made at random: banners, a break, deals, groups, faults, currencies, refusals. */
@SuppressWarnings("NullAway") // Whatever is null is an attribute that these messages always have.
class AuctionLawsTest {
    private static final Rates RATES = new Rates(Map.of("EUR", Map.of("USD", new BigDecimal("1.25"))));
    private static final AuctionRules RULES = AuctionRules.USUAL.with(RATES);

    private record Case(BidRequest request, List<Answer> answers, Admission admission, int bids) {}

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyBidWinsOnceOrLosesWithItsReason(long seed) {
        Case any = any(seed);
        AuctionResult result = run(any);

        assertThat(result.winners().size() + result.losers().size()).isEqualTo(any.bids());
        assertThat(Stream.concat(
                                result.winners().stream()
                                        .map(winner -> winner.bidder() + "/"
                                                + winner.bid().id()),
                                result.losers().stream()
                                        .map(loser -> loser.bidder() + "/"
                                                + loser.bid().id()))
                        .distinct())
                .hasSize(any.bids());
        assertThat(result.losers()).allSatisfy(loser -> {
            assertThat(loser.reason()).isNotIn(LossReason.WON, LossReason.INTERNAL_ERROR);
            assertThat(loser.words()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyPaysMoreThanItBidNorLessThanItsFloor(long seed) {
        for (Winner winner : run(any(seed)).winners()) {
            long floor = micros(winner.deal()
                    .map(deal -> deal.bidfloor())
                    .orElseGet(() -> winner.imp().bidfloor()));
            long inItsOwn = RATES.convert(floor, "USD", winner.currency(), RoundingMode.FLOOR)
                    .orElseThrow();

            assertThat(winner.clearing()).isLessThanOrEqualTo(winner.price());
            assertThat(winner.clearing().micros()).isGreaterThanOrEqualTo(inItsOwn);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void impressionsAndBreaksAreNeverOverfilled(long seed) {
        Map<String, Integer> ads = new HashMap<>();
        int seconds = 0;
        for (Winner winner : run(any(seed)).winners()) {
            ads.merge(String.valueOf(winner.imp().id()), 1, Integer::sum);
            seconds += winner.bid().dur() == null ? 0 : winner.bid().dur();
        }

        assertThat(ads.getOrDefault("banner", 0)).isLessThanOrEqualTo(1);
        assertThat(ads.getOrDefault("break", 0)).isLessThanOrEqualTo(3);
        assertThat(seconds).isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void groupsWinWholeOrNotAtAll(long seed) {
        Case any = any(seed);
        List<String> winning = run(any).winners().stream()
                .map(winner -> winner.bidder() + "/" + winner.bid().id())
                .toList();

        for (Answer answer : any.answers()) {
            if (answer instanceof Answer.Response(var bidder, var response, var faults)) {
                response.seatbid().stream()
                        .filter(seat -> seat.group() != null && seat.group() == 1)
                        .forEach(seat -> assertThat(seat.bid().stream()
                                        .filter(bid -> winning.contains(bidder + "/" + bid.id()))
                                        .count())
                                .isIn(0L, (long) seat.bid().size()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void orderOfTheAnswersChangesNothing(long seed) {
        Case any = any(seed);
        AuctionResult backwards = Auction.run(any.request(), any.answers().reversed(), RULES, any.admission());

        assertThat(backwards.winners()).isEqualTo(run(any).winners());
    }

    private static AuctionResult run(Case any) {
        return Auction.run(any.request(), any.answers(), RULES, any.admission());
    }

    private static long micros(BigDecimal price) {
        return price == null ? 0 : price.movePointRight(6).longValueExact();
    }

    // ---- at random

    private static Case any(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String deals = "\"pmp\":{\"deals\":[{\"id\":\"d1\",\"bidfloor\":2,\"at\":3},"
                + "{\"id\":\"d2\",\"bidfloor\":1,\"guar\":1}]}";
        BidRequest request = imps(
                "\"at\":" + (1 + random.nextInt(2)) + ",\"cur\":[\"USD\",\"EUR\",\"JPY\"],\"badv\":[\"bad.example\"]",
                "{\"id\":\"banner\",\"bidfloor\":0.5,\"banner\":{\"w\":300,\"h\":250}," + deals + "},"
                        + "{\"id\":\"break\",\"bidfloor\":1,\"video\":{\"mimes\":[\"video/mp4\"],\"podid\":\"p\","
                        + "\"poddur\":60,\"maxseq\":3,\"poddedupe\":[1,3]}," + deals + "}");
        List<Answer> answers = new ArrayList<>();
        int bids = 0;
        for (int bidder = 0; bidder < 1 + random.nextInt(6); bidder++) {
            List<String> seats = new ArrayList<>();
            for (int seat = 0; seat < 1 + random.nextInt(3); seat++) {
                List<String> ofSeat = new ArrayList<>();
                for (int number = 0; number < 1 + random.nextInt(3); number++) {
                    ofSeat.add(bid(random, bidder + "-" + seat + "-" + number));
                    bids++;
                }
                String text = seat("s" + random.nextInt(4), ofSeat.toArray(String[]::new));
                seats.add(random.nextInt(4) == 0 ? text.replace("{\"seat\"", "{\"group\":1,\"seat\"") : text);
            }
            String currency = List.of("USD", "USD", "EUR", "JPY").get(random.nextInt(4));
            answers.add(Messages.answerOf(
                    "bidder-" + bidder,
                    "\"id\":\"" + (random.nextInt(10) == 0 ? "other" : "a-1") + "\",\"cur\":\"" + currency
                            + "\",\"seatbid\":[" + String.join(",", seats) + "]"));
        }
        int capped = random.nextInt(5);
        Admission admission = proposed -> {
            List<Admission.Refused> refused = new ArrayList<>();
            for (int i = 0; i < proposed.size(); i++) {
                if (String.valueOf(proposed.get(i).bid().crid()).equals("cr-" + capped)) {
                    refused.add(new Admission.Refused(i, new Refusal(LossReason.FREQUENCY_CAP, "a cap")));
                }
            }
            return refused;
        };
        return new Case(request, answers, admission, bids);
    }

    private static String bid(RandomGenerator random, String id) {
        boolean timed = random.nextBoolean();
        String what = timed
                ? "\"impid\":\"break\",\"adm\":\"<VAST version='4.2'></VAST>\",\"dur\":" + 5 * (1 + random.nextInt(9))
                : "\"impid\":\"banner\"";
        String fault = List.of("\"crid\":null", "\"impid\":\"none\"", "\"price\":-1", "\"adomain\":[\"bad.example\"]")
                .get(random.nextInt(4));
        String deal = "\"dealid\":\"d" + (1 + random.nextInt(3)) + "\"";
        return Messages.bid(
                id,
                String.valueOf(random.nextInt(1, 60) / 10.0),
                what,
                "\"crid\":\"cr-" + random.nextInt(8) + "\"",
                "\"adomain\":[\"x" + random.nextInt(6) + ".example\"]",
                random.nextInt(4) == 0 ? deal : "\"cid\":\"c\"",
                random.nextInt(6) == 0 ? fault : "\"cid\":\"c\"");
    }
}

package millrace.upstream.bidding;

import java.util.List;
import java.util.Locale;
import millrace.upstream.BidAnswer;
import millrace.upstream.BidAnswer.Kind;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.openrtb.json.Reading;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.SeatBid;

/** Reads what a bidder answered over HTTP (OpenRTB 2.6, 2.1 to 2.5 and 4.2.1). */
record BidReply(String bidder, OpenRtb messages) {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    BidAnswer read(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Broken(UpstreamFailure.TimedOut late) ->
                BidAnswer.nothing(bidder, Kind.LATE, "late: " + late.message());
            case HttpOutcome.Broken(UpstreamFailure.Refused refused) ->
                BidAnswer.nothing(bidder, Kind.NOT_ASKED, refused.message());
            case HttpOutcome.Broken(UpstreamFailure.Malformed malformed) ->
                BidAnswer.nothing(bidder, Kind.MALFORMED, malformed.message());
            case HttpOutcome.Broken(UpstreamFailure failure) ->
                BidAnswer.nothing(bidder, Kind.FAILED, failure.message());
            case HttpOutcome.Reply reply
            when reply.status() == NO_CONTENT -> BidAnswer.nothing(bidder, Kind.NO_BID, "no content");
            case HttpOutcome.Reply reply
            when reply.status() != OK -> BidAnswer.nothing(bidder, Kind.FAILED, "status " + reply.status());
            case HttpOutcome.Reply reply
            when !isJson(reply) ->
                BidAnswer.nothing(bidder, Kind.MALFORMED, "the answer is not of type application/json");
            case HttpOutcome.Reply reply -> parsed(messages.responses().readAndCheck(reply.body()));
        };
    }

    private BidAnswer parsed(Reading<BidResponse> reading) {
        Kind kind = switch (reading) {
            case Reading.Unreadable<BidResponse> unreadable -> Kind.MALFORMED;
            case Reading.Document<BidResponse> document -> hasBids(document.value()) ? Kind.BIDS : Kind.NO_BID;
        };
        return new BidAnswer(Answer.of(bidder, reading), kind);
    }

    private static boolean hasBids(BidResponse response) {
        List<SeatBid> seats = response.seatbid();
        return seats != null
                && seats.stream()
                        .anyMatch(seat -> seat.bid() != null && !seat.bid().isEmpty());
    }

    /** An answer that does not say its type is taken for what it should be. */
    private static boolean isJson(HttpOutcome.Reply reply) {
        return reply.headers()
                .get("Content-Type")
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty())
                .map(type -> type.startsWith("application/json"))
                .orElse(true);
    }
}

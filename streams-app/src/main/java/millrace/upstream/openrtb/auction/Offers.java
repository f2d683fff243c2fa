package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import millrace.check.Fault;
import millrace.money.Rates;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.Deal;
import millrace.upstream.openrtb.model.SeatBid;

/** Takes answers apart: into bids that can be judged, and what is lost or missing before that. For one auction. */
final class Offers {
    /** Of one response: more are a mistake, or an attack. */
    private static final int MOST_BIDS = 200;

    private final RequestTerms terms;
    private final Outcome outcome;
    private final List<Offer> offers = new ArrayList<>();
    private int groups;

    Offers(RequestTerms terms, Outcome outcome) {
        this.terms = terms;
        this.outcome = outcome;
    }

    List<Offer> all() {
        return offers;
    }

    void add(Answer answer) {
        switch (answer) {
            case Answer.Nothing(String bidder, String reason) ->
                outcome.noBid(new NoBid(bidder, OptionalInt.empty(), reason));
            case Answer.Response response -> add(response);
        }
    }

    private void add(Answer.Response answer) {
        BidResponse response = answer.response();
        List<SeatBid> seats = response.seatbid() == null ? List.of() : response.seatbid();
        Optional<Refusal> ofAll = ofResponse(response, answer.faults());
        BidFaults faults = new BidFaults(answer.faults());
        Set<String> ids = new HashSet<>();
        int bids = 0;
        for (int i = 0; i < seats.size(); i++) {
            SeatBid seat = seats.get(i);
            List<Bid> ofSeat = seat.bid() == null ? List.of() : seat.bid();
            int group = seat.group() != null && seat.group() == 1 ? groups++ : Offer.NO_GROUP;
            for (int j = 0; j < ofSeat.size(); j++) {
                Bid bid = ofSeat.get(j);
                bids++;
                Offer offer = offer(answer, seat, bid, group);
                Optional<Refusal> refusal =
                        ofAll.isPresent() ? ofAll : faults.of(i, j).or(() -> ofBid(bid, ids, offer));
                if (refusal.isEmpty() && bids > MOST_BIDS) {
                    refusal = Optional.of(new Refusal(
                            LossReason.INVALID_RESPONSE, "the response has more than " + MOST_BIDS + " bids"));
                }
                offers.add(offer);
                refusal.ifPresent(why -> outcome.lose(offer, why));
            }
        }
        if (bids == 0 || ofAll.isPresent()) {
            outcome.noBid(new NoBid(
                    answer.bidder(),
                    response.nbr() == null ? OptionalInt.empty() : OptionalInt.of(response.nbr()),
                    ofAll.map(Refusal::words).orElse(response.nbr() == null ? "no bids" : "no bids, with a reason")));
        }
    }

    private Optional<Refusal> ofResponse(BidResponse response, List<Fault> faults) {
        List<SeatBid> seats = response.seatbid() == null ? List.of() : response.seatbid();
        Optional<Fault> fault =
                faults.stream().filter(found -> !BidFaults.isOfBid(found)).findFirst();
        if (!seats.isEmpty() && !terms.id().equals(response.id())) {
            return Optional.of(
                    new Refusal(LossReason.INVALID_AUCTION_ID, "the response's id is not that of the request"));
        }
        if (fault.isPresent()) {
            return Optional.of(
                    new Refusal(LossReason.INVALID_RESPONSE, fault.get().toString()));
        }
        return BidRules.refuse(
                !seats.isEmpty()
                        && !terms.currencies().isEmpty()
                        && !terms.currencies().contains(currency(response)),
                LossReason.INVALID_RESPONSE,
                "the response's currency is not in the request's cur");
    }

    private Optional<Refusal> ofBid(Bid bid, Set<String> ids, Offer offer) {
        if (bid.price() == null) {
            return Optional.of(new Refusal(LossReason.MISSING_PRICE, "price is missing"));
        }
        if (bid.id() == null || !ids.add(bid.id())) {
            return Optional.of(new Refusal(LossReason.INVALID_RESPONSE, "id is missing, or an earlier bid has it"));
        }
        if (!terms.byId().containsKey(bid.impid())) {
            return Optional.of(new Refusal(LossReason.INVALID_RESPONSE, "impid is of no impression of the request"));
        }
        if (offer.price() < 0 || offer.price() > Rates.MOST_MICROS) {
            return Optional.of(new Refusal(LossReason.INVALID_RESPONSE, "price is negative, or beyond any price"));
        }
        if (offer.price() == 0 && offer.deal().isEmpty()) {
            return Optional.of(new Refusal(LossReason.MISSING_PRICE, "price is 0, and the bid is for no deal"));
        }
        return BidRules.refuse(
                MarkupType.of(bid, offer.imp().imp()).isEmpty(),
                LossReason.WRONG_FORMAT,
                "mtype is a number that we do not know");
    }

    private Offer offer(Answer.Response answer, SeatBid seat, Bid bid, int group) {
        ImpTerms imp = terms.byId().getOrDefault(bid.impid() == null ? "" : bid.impid(), ImpTerms.NONE);
        MarkupType markup = MarkupType.of(bid, imp.imp()).orElse(MarkupType.BANNER);
        String dealId = bid.dealid();
        Optional<Deal> deal = dealId == null
                ? Optional.empty()
                : Optional.ofNullable(imp.deals().get(dealId));
        return new Offer(
                offers.size(),
                answer.bidder(),
                Optional.ofNullable(seat.seat()),
                group,
                answer.response(),
                bid,
                imp,
                markup,
                deal,
                bid.price() == null ? 0 : Micros.of(bid.price()),
                currency(answer.response()),
                seconds(bid, imp.timed(markup)));
    }

    private static OptionalInt seconds(Bid bid, Optional<TimedTerms> timed) {
        if (timed.isEmpty()) {
            return OptionalInt.empty();
        }
        return bid.dur() == null || bid.dur() == 0 ? timed.get().longest() : OptionalInt.of(bid.dur());
    }

    private static String currency(BidResponse response) {
        return response.cur() == null ? Currencies.USUAL : response.cur();
    }
}

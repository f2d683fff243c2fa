package millrace.decision;

import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import millrace.catalog.AuctionTerms;
import millrace.catalog.Campaign;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.NoFillReason;
import millrace.schemas.Slot;
import millrace.schemas.User;
import millrace.upstream.BidAnswer;
import millrace.upstream.BidCall;
import millrace.upstream.openrtb.auction.Auction;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.LossReason;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.request.BidRequests;
import org.jspecify.annotations.Nullable;

/**
 * Bids within the story of a request: all bidders of the placement are asked at the same time, once a request, when the first of its slots comes to their tier; what
 * they bid then competes with the campaigns of that tier, slot by slot. Remembers nothing: {@link Bidding} is the request's.
 */
final class Auctions {
    private final AuctionSettings settings;
    private final Rooms rooms;
    private final Calls calls;
    private final BidRequests requests;

    Auctions(AuctionSettings settings, Rooms rooms, Calls calls) {
        this.settings = settings;
        this.rooms = rooms;
        this.calls = calls;
        this.requests = new BidRequests(settings.terms());
    }

    /** Whether it is the bidders' turn: no campaign of a higher tier is left. */
    boolean isDue(InFlight flight, SlotRun run, @Nullable Campaign next) {
        Optional<AuctionTerms> terms = flight.placement.auction();
        return terms.isPresent()
                && !run.isOver
                && (next == null || next.priority() <= terms.get().priority());
    }

    /** Whether bids may still bring something for the slot. */
    boolean mayBring(InFlight flight, SlotRun run, Instant now) {
        return isDue(flight, run, null)
                && (flight.bidding.isEmpty() || next(flight, run, null, now).isPresent());
    }

    /** Asks all bidders, unless they have been; the slot waits while one has not answered. */
    void await(InFlight flight, SlotRun run, Instant now) {
        if (flight.bidding.isEmpty()) {
            flight.bidding = Optional.of(ask(flight, now));
        }
        if (!flight.bidding.get().isClosed()) {
            run.progress = new SlotRun.AwaitingBids();
        }
    }

    boolean isClosed(InFlight flight) {
        return flight.bidding.filter(Bidding::isClosed).isPresent();
    }

    private Bidding ask(InFlight flight, Instant now) {
        List<Slot> wanted = flight.runs.stream()
                .filter(run -> !(run.progress instanceof SlotRun.Decided))
                .map(run -> run.slot)
                .toList();
        Bidding bidding = new Bidding(
                requests.of(flight.asked.request(), flight.context, flight.placement, wanted),
                rooms.catalog().rates());
        Duration left = Duration.between(now, flight.lastAsk);
        if (left.compareTo(settings.least()) < 0) {
            return bidding;
        }
        for (String id : flight.placement.auction().orElseThrow().bidders()) {
            rooms.catalog()
                    .upstream(id)
                    .filter(bidder -> bidder.bidder().isPresent() && flight.fanout.take())
                    .ifPresent(bidder -> ask(flight, bidding, bidder, left));
        }
        return bidding;
    }

    private void ask(InFlight flight, Bidding bidding, UpstreamConfig bidder, Duration left) {
        Optional<String> buyerId = Optional.ofNullable(flight.asked.request().getUser())
                .map(User::getBuyerIds)
                .flatMap(ids -> Optional.ofNullable(ids.get(bidder.id())));
        BidCall call = new BidCall(bidder, bidding.asked(), buyerId, left, flight.context.trace());
        bidding.asks(bidder, calls.bid(rooms.bidders(), call, flight));
    }

    /** @return whether all have answered by now */
    boolean answered(InFlight flight, String bidder, BidAnswer answer) {
        Bidding bidding = flight.bidding.orElseThrow();
        if (!bidding.answered(bidder, answer.answer())) {
            return false;
        }
        rooms.meters().bidder(bidder, answer.kind());
        return bidding.isClosed();
    }

    /** No more time: who has not answered is late. */
    void close(InFlight flight) {
        flight.bidding.ifPresent(bidding ->
                bidding.close().forEach(late -> rooms.meters().bidder(late, BidAnswer.Kind.LATE)));
    }

    /**
     * The bid that is next for the slot, if one is and no campaign goes before it.
     *
     * @param head the campaign that would be asked next
     */
    Optional<Winner> next(InFlight flight, SlotRun run, @Nullable Campaign head, Instant now) {
        if (flight.bidding.isEmpty() || !flight.bidding.get().isClosed()) {
            return Optional.empty();
        }
        Bidding bidding = flight.bidding.get();
        return result(flight, bidding, now).winners().stream()
                .filter(winner -> isFor(bidding, winner, run) && !bidding.isTaken(winner.bid()))
                .findFirst()
                .filter(winner -> head == null || !goesBefore(head, winner, flight));
    }

    AuctionResult result(InFlight flight, Bidding bidding, Instant now) {
        return bidding.result(answers -> Auction.run(
                bidding.asked().request(),
                answers,
                settings.rules().with(bidding.rates()),
                new BidAdmission(rooms, flight, bidding, now)));
    }

    static boolean isFor(Bidding bidding, Winner winner, SlotRun run) {
        return bidding.slot(winner.bid()).filter(run.slot.getId()::equals).isPresent();
    }

    /**
     * Whether a campaign of the tier is asked before a bid: its price is the higher one, or as high. Without a rate, prices of two currencies do not compare; there the
     * request's order of currencies decides, as it does between campaigns.
     */
    private static boolean goesBefore(Campaign campaign, Winner winner, InFlight flight) {
        if (campaign.priority() < flight.placement.auction().orElseThrow().priority()) {
            return false;
        }
        Bidding bidding = flight.bidding.orElseThrow();
        OptionalLong price = bidding.rates()
                .convert(campaign.price().micros(), campaign.currency(), winner.currency(), RoundingMode.HALF_EVEN);
        if (price.isPresent()) {
            return price.getAsLong() >= winner.price().micros();
        }
        List<String> currencies = bidding.asked().request().cur();
        return currencies == null || rank(currencies, campaign.currency()) <= rank(currencies, winner.currency());
    }

    private static int rank(List<String> currencies, String currency) {
        int rank = currencies.indexOf(currency);
        return rank < 0 ? currencies.size() : rank;
    }

    /** Why bids left a slot empty; nothing when there were none to look at. */
    Optional<NoFillReason> reason(InFlight flight, SlotRun run, Instant now) {
        if (!isClosed(flight)) {
            return Optional.empty();
        }
        Bidding bidding = flight.bidding.orElseThrow();
        List<LossReason> lost = result(flight, bidding, now).losers().stream()
                .filter(loser -> bidding.slot(loser.bid())
                        .filter(run.slot.getId()::equals)
                        .isPresent())
                .map(loser -> loser.reason())
                .toList();
        if (lost.contains(LossReason.FREQUENCY_CAP)) {
            return Optional.of(NoFillReason.CAPPED);
        }
        if (lost.contains(LossReason.BUDGET_EXHAUSTED)) {
            return Optional.of(NoFillReason.BUDGET);
        }
        boolean isCheap = lost.contains(LossReason.BELOW_FLOOR) || lost.contains(LossReason.BELOW_DEAL_FLOOR);
        return Optional.of(isCheap ? NoFillReason.BELOW_FLOOR : NoFillReason.NO_AD);
    }
}

package millrace.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import millrace.catalog.UpstreamConfig;
import millrace.money.Rates;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.Refusal;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.request.Asked;
import org.jspecify.annotations.Nullable;

/**
 * The bids for one request, from the question to the last of its slots. For the stream thread only.
 *
 * <pre>
 * open ──► closed            all have answered, or there is no more time
 *            │  ▲
 *   result ──┘  └── refuse   a winner could not be served after all: the auction is held again without it
 * </pre>
 */
final class Bidding {
    private final Asked asked;
    private final Rates rates;
    private final Map<String, UpstreamConfig> bidders = new LinkedHashMap<>();
    private final Map<String, Future<?>> open = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final IdentityHashMap<Bid, Refusal> refused = new IdentityHashMap<>();
    private final Set<Bid> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Bid> served = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable AuctionResult result;

    /** @param rates as they are now: prices must not change while a request is decided */
    Bidding(Asked asked, Rates rates) {
        this.asked = asked;
        this.rates = rates;
    }

    Asked asked() {
        return asked;
    }

    Rates rates() {
        return rates;
    }

    /** The id of the request as bidders were sent it. */
    String requestId() {
        String id = asked.request().id();
        return id == null ? "" : id;
    }

    void asks(UpstreamConfig bidder, Future<?> answer) {
        bidders.put(bidder.id(), bidder);
        open.put(bidder.id(), answer);
    }

    /** @return false when it was not waited for any more */
    boolean answered(String bidder, Answer answer) {
        if (open.remove(bidder) == null) {
            return false;
        }
        answers.add(answer);
        return true;
    }

    boolean isClosed() {
        return open.isEmpty();
    }

    /**
     * Nobody is waited for any more.
     *
     * @return who had not answered
     */
    List<String> close() {
        List<String> late = List.copyOf(open.keySet());
        open.forEach((bidder, answer) -> {
            answers.add(new Answer.Nothing(bidder, "late: no answer by the deadline of the request"));
            answer.cancel(false);
        });
        open.clear();
        return late;
    }

    /** The bidder as it was when it was asked. */
    UpstreamConfig bidder(Winner winner) {
        UpstreamConfig bidder = bidders.get(winner.bidder());
        if (bidder == null) {
            throw new IllegalArgumentException("bidder " + winner.bidder() + " was not asked");
        }
        return bidder;
    }

    /** What the auction decided, with everybody out who was refused. */
    AuctionResult result(Function<List<Answer>, AuctionResult> auction) {
        AuctionResult known = result;
        if (known == null) {
            known = auction.apply(answers);
            result = known;
        }
        return known;
    }

    /** It cannot be served. What was said first holds. */
    void refuse(Bid bid, Refusal why) {
        refused.putIfAbsent(bid, why);
        result = null;
    }

    Optional<Refusal> refusal(Bid bid) {
        return Optional.ofNullable(refused.get(bid));
    }

    /** It is being looked at, and is not offered again. */
    void take(Bid bid) {
        taken.add(bid);
    }

    boolean isTaken(Bid bid) {
        return taken.contains(bid);
    }

    void serve(Bid bid) {
        served.add(bid);
    }

    boolean isServed(Bid bid) {
        return served.contains(bid);
    }

    /** The slot that a bid is for, by the impression that it names. */
    Optional<String> slot(Bid bid) {
        return Optional.ofNullable(bid.impid()).flatMap(asked::slot);
    }
}

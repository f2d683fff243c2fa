package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.money.Cpm;
import millrace.upstream.openrtb.model.BidRequest;

/**
 * One auction over all answers to a request.
 *
 * <p>Enters: a request that was checked, what each bidder answered, the rules that the specification leaves open, and who else may refuse a
 * winner. Leaves: winners with what they pay, every loser with its reason, and who did not bid. Nothing is remembered. Repeating it gives the same,
 * in whatever order the answers are.
 */
public final class Auction {
    private Auction() {}

    public static AuctionResult run(BidRequest request, List<Answer> answers, AuctionRules rules) {
        return run(request, answers, rules, Admission.ALL);
    }

    public static AuctionResult run(BidRequest request, List<Answer> answers, AuctionRules rules, Admission admission) {
        RequestTerms terms = RequestTerms.of(request);
        Outcome outcome = new Outcome();
        Offers offers = new Offers(terms, outcome);
        answers.forEach(offers::add);
        Contenders judged = new Contenders(terms, rules, outcome);
        String currency = judged.currency(offers.all());
        List<Contender> contenders = judged.of(offers.all(), currency);
        Pricing pricing = new Pricing(rules, currency);
        Rounds.Decided decided = new Rounds(offers.all(), contenders, Break.of(terms), pricing, outcome).run(admission);
        return new AuctionResult(decided.winners(), losers(offers.all(), decided, pricing, outcome), outcome.noBids());
    }

    private static List<Loser> losers(List<Offer> offers, Rounds.Decided decided, Pricing pricing, Outcome outcome) {
        Set<Integer> listed = new HashSet<>();
        List<Loser> losers = new ArrayList<>();
        for (Filled part : decided.breaks()) {
            part.winners().forEach(winner -> listed.add(winner.offer().number()));
            for (Contender loser : part.losers()) {
                listed.add(loser.offer().number());
                losers.add(outbid(loser, part, pricing));
            }
        }
        for (Offer offer : offers) {
            if (listed.add(offer.number())) {
                losers.add(loser(offer, outcome.why(offer).orElse(NOT_TOLD), Optional.empty()));
            }
        }
        return losers;
    }

    /** Passed every rule, and others brought more. */
    private static Loser outbid(Contender loser, Filled part, Pricing pricing) {
        Optional<LossReason> excluded = part.excluded(loser);
        if (excluded.isPresent()) {
            return loser(
                    loser.offer(),
                    new Refusal(excluded.get(), "a winner of the pod is too much like it (poddedupe)"),
                    Optional.empty());
        }
        List<Contender> inItsPlace = part.winners().stream()
                .filter(winner ->
                        winner.offer().imp().index() == loser.offer().imp().index())
                .toList();
        if (!loser.first() && !inItsPlace.isEmpty() && inItsPlace.stream().allMatch(Contender::first)) {
            return loser(
                    loser.offer(),
                    new Refusal(LossReason.LOST_TO_DEAL, "a deal with priority won, whatever others pay"),
                    Optional.empty());
        }
        return loser(
                loser.offer(),
                new Refusal(
                        LossReason.LOST_TO_HIGHER_BID,
                        part.part().isSingle()
                                ? "another bid brings more, or as much and won the draw"
                                : "the pod brings more, or as much, without it"),
                pricing.minToWin(loser, part));
    }

    private static Loser loser(Offer offer, Refusal why, Optional<Cpm> minToWin) {
        return new Loser(
                offer.bidder(), offer.seat(), offer.response(), offer.bid(), why.reason(), why.words(), minToWin);
    }

    private static final Refusal NOT_TOLD =
            new Refusal(LossReason.INTERNAL_ERROR, "lost, and nobody said why: please report it");
}

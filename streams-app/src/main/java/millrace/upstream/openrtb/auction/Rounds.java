package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills all breaks, again and again, until nobody has to leave: first those whose group did not win whole, one group at a time and the cheapest
 * first; then those that admission refuses. Each round somebody leaves for good, so it ends. For one auction.
 */
final class Rounds {
    /** Beyond, all broken groups leave at once: who sends so many looks for our time, not for a better result. */
    private static final int MOST_GROUP_ROUNDS = 32;

    private final List<Offer> offers;
    private final List<Contender> contenders;
    private final List<Break> breaks;
    private final Pricing pricing;
    private final Outcome outcome;

    Rounds(List<Offer> offers, List<Contender> contenders, List<Break> breaks, Pricing pricing, Outcome outcome) {
        this.offers = offers;
        this.contenders = contenders;
        this.breaks = breaks;
        this.pricing = pricing;
        this.outcome = outcome;
    }

    record Decided(List<Filled> breaks, List<Winner> winners) {}

    Decided run(Admission admission) {
        for (int round = 0; true; round++) {
            List<Filled> filled = fill();
            if (breakUpGroups(filled, round)) {
                continue;
            }
            List<Priced> winners = price(filled);
            List<Admission.Refused> refused =
                    admission.refused(winners.stream().map(Priced::winner).toList());
            if (refused.isEmpty()) {
                return new Decided(filled, winners.stream().map(Priced::winner).toList());
            }
            refuse(refused, winners);
        }
    }

    private record Priced(Contender contender, Winner winner) {}

    private List<Filled> fill() {
        List<Filled> filled = new ArrayList<>(breaks.size());
        for (Break part : breaks) {
            filled.add(new Filled(
                    part,
                    contenders.stream()
                            .filter(contender -> !outcome.isLost(contender.offer())
                                    && part.partOf(contender.offer().imp()) >= 0)
                            .toList(),
                    pricing.rules().effort()));
        }
        return filled;
    }

    private List<Priced> price(List<Filled> filled) {
        List<Priced> winners = new ArrayList<>();
        for (Filled part : filled) {
            List<Contender> shown = Positions.of(part);
            for (int i = 0; i < shown.size(); i++) {
                winners.add(new Priced(shown.get(i), pricing.winner(shown.get(i), part, i + 1)));
            }
        }
        winners.sort(Comparator.comparingInt(
                        (Priced priced) -> priced.contender().offer().imp().index())
                .thenComparingInt(priced -> priced.winner().position()));
        return winners;
    }

    private void refuse(List<Admission.Refused> refused, List<Priced> winners) {
        for (Admission.Refused one : refused) {
            outcome.lose(winners.get(one.index()).contender().offer(), one.why());
        }
    }

    /** @return whether somebody left */
    private boolean breakUpGroups(List<Filled> filled, int round) {
        Map<Integer, Long> broken = new HashMap<>();
        Map<Integer, Refusal> why = new HashMap<>();
        List<Offer> winning = filled.stream()
                .flatMap(part -> part.winners().stream())
                .map(Contender::offer)
                .toList();
        for (Offer offer : offers) {
            if (offer.group() != Offer.NO_GROUP && !winning.contains(offer)) {
                why.putIfAbsent(offer.group(), whyOf(offer));
            }
        }
        for (Contender contender : contenders) {
            int group = contender.offer().group();
            if (why.containsKey(group) && !outcome.isLost(contender.offer())) {
                broken.merge(group, contender.value(), Long::sum);
            }
        }
        Optional<Integer> cheapest = broken.entrySet().stream()
                .min(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
        cheapest.ifPresent(group -> offers.stream()
                .filter(offer -> round < MOST_GROUP_ROUNDS ? offer.group() == group : broken.containsKey(offer.group()))
                .forEach(offer -> outcome.lose(offer, partOf(why, offer))));
        return cheapest.isPresent();
    }

    private static Refusal partOf(Map<Integer, Refusal> why, Offer offer) {
        Refusal ofOne = why.getOrDefault(offer.group(), HIGHER);
        return new Refusal(
                ofOne.reason(), "its group wins whole or not at all, and one bid of it lost: " + ofOne.words());
    }

    private Refusal whyOf(Offer offer) {
        return outcome.why(offer).orElse(HIGHER);
    }

    private static final Refusal HIGHER =
            new Refusal(LossReason.LOST_TO_HIGHER_BID, LossReason.LOST_TO_HIGHER_BID.words());
}

package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import millrace.upstream.openrtb.pod.Choice;
import millrace.upstream.openrtb.pod.Pod;
import millrace.upstream.openrtb.pod.PodSearch;

/** A break with the contenders that win it. */
final class Filled {
    private final Break part;
    private final List<Contender> contenders;
    private final Dedupe dedupe;
    private final Optional<Pod> pod;
    private final int[] chosen;

    /** @param contenders for this break, the best first */
    Filled(Break part, List<Contender> contenders, int effort) {
        this.part = part;
        this.contenders = contenders;
        this.dedupe = new Dedupe(part.dedupe());
        this.pod = part.isSingle() ? Optional.empty() : Optional.of(pod());
        this.chosen = pod.map(problem -> PodSearch.best(problem, effort))
                .orElseGet(() -> contenders.isEmpty() ? new int[0] : new int[] {0});
    }

    private Pod pod() {
        int slots = new Pod(part.parts(), true, true, List.of(), 0).slots();
        long before = 1
                + contenders.stream()
                        .map(Contender::value)
                        .sorted(Comparator.reverseOrder())
                        .limit(slots)
                        .mapToLong(Long::longValue)
                        .sum();
        List<Choice> choices = new ArrayList<>(contenders.size());
        for (Contender contender : contenders) {
            choices.add(new Choice(
                    part.partOf(contender.offer().imp()),
                    contender.value() + (contender.first() ? before : 0),
                    contender.seconds(),
                    part.wish(contender.offer()),
                    dedupe.traits(contender.offer())));
        }
        return new Pod(part.parts(), part.firstIsFree(), part.lastIsFree(), choices, dedupe.size());
    }

    Break part() {
        return part;
    }

    List<Contender> winners() {
        return IntStream.of(chosen).mapToObj(contenders::get).toList();
    }

    List<Contender> losers() {
        List<Contender> losers = new ArrayList<>(contenders);
        losers.removeAll(winners());
        return losers;
    }

    /** Whether a loser could stand in the winner's place, and nothing else change. */
    boolean canReplace(Contender winner, Contender loser) {
        return winner.offer().imp().index() == loser.offer().imp().index()
                && pod.map(problem -> PodSearch.canReplace(
                                problem, chosen, contenders.indexOf(winner), contenders.indexOf(loser)))
                        .orElse(true);
    }

    /** What a loser shares with a winner, that no two ads of the pod may share. */
    Optional<LossReason> excluded(Contender loser) {
        return winners().stream()
                .flatMap(winner -> dedupe.shared(winner.offer(), loser.offer()).stream())
                .findFirst();
    }
}

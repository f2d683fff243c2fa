package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.List;
import millrace.upstream.openrtb.pod.Wish;

/** Puts the winners of a break in the order in which they are shown: who must be first or last is, the others by impression and price. */
final class Positions {
    private Positions() {}

    static List<Contender> of(Filled filled) {
        List<Contender> first = new ArrayList<>();
        List<Contender> middle = new ArrayList<>();
        List<Contender> last = new ArrayList<>();
        List<Contender> either = new ArrayList<>();
        List<Contender> winners = new ArrayList<>(filled.winners());
        winners.sort((one, other) ->
                Integer.compare(one.offer().imp().index(), other.offer().imp().index()));
        for (Contender winner : winners) {
            switch (wish(filled.part(), winner)) {
                case FIRST -> first.add(winner);
                case LAST -> last.add(winner);
                case ANYWHERE -> middle.add(winner);
                case FIRST_OR_LAST -> either.add(winner);
            }
        }
        for (Contender winner : either) {
            (first.isEmpty() && filled.part().firstIsFree() ? first : last).add(winner);
        }
        first.addAll(middle);
        first.addAll(last);
        return first;
    }

    /** The bid's own, or that of a slot that is a position. */
    private static Wish wish(Break part, Contender winner) {
        Wish own = part.wish(winner.offer());
        return own != Wish.ANYWHERE
                ? own
                : winner.offer()
                        .imp()
                        .pod()
                        .filter(terms -> !terms.dynamic())
                        .map(terms -> Break.wishOf(terms.slotInPod()))
                        .orElse(Wish.ANYWHERE);
    }
}

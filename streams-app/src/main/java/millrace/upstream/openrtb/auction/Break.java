package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import millrace.upstream.openrtb.pod.Part;
import millrace.upstream.openrtb.pod.Wish;

/**
 * What is decided together: the impressions of one pod, or one impression that is in none.
 *
 * @param parts one for each impression
 */
record Break(List<ImpTerms> imps, List<Part> parts, Set<Integer> dedupe, boolean firstIsFree, boolean lastIsFree) {

    /** In the request's order. */
    static List<Break> of(RequestTerms terms) {
        Map<String, List<ImpTerms>> byPod = new LinkedHashMap<>();
        for (ImpTerms imp : terms.imps()) {
            String pod = imp.pod().map(TimedTerms::podId).map(id -> "pod " + id).orElse("imp " + imp.index());
            byPod.computeIfAbsent(pod, unknown -> new ArrayList<>()).add(imp);
        }
        return byPod.values().stream().map(Break::of).toList();
    }

    private static Break of(List<ImpTerms> imps) {
        Set<Integer> dedupe = new TreeSet<>();
        List<Part> parts = new ArrayList<>();
        boolean first = true;
        boolean last = true;
        for (ImpTerms imp : imps) {
            Optional<TimedTerms> pod = imp.pod();
            pod.ifPresent(terms -> dedupe.addAll(terms.dedupe()));
            parts.add(pod.filter(TimedTerms::dynamic).map(Break::shared).orElse(new Part(1, Part.ANY_TIME)));
            int slot = pod.filter(terms -> !terms.dynamic())
                    .map(TimedTerms::slotInPod)
                    .orElse(0);
            first = first && slot != 1;
            last = last && slot != -1;
        }
        return new Break(imps, parts, dedupe, first, last);
    }

    private static Part shared(TimedTerms terms) {
        return new Part(
                terms.podAds().orElse(Integer.MAX_VALUE), terms.podSeconds().orElse(Part.ANY_TIME));
    }

    /** One impression for one ad: the best bid wins, and there is nothing to search. */
    boolean isSingle() {
        return parts.size() == 1 && parts.getFirst().most() == 1;
    }

    int partOf(ImpTerms imp) {
        for (int part = 0; part < imps.size(); part++) {
            if (imps.get(part).index() == imp.index()) {
                return part;
            }
        }
        return -1;
    }

    /** A bidder's wish counts where several ads share the time; elsewhere the impression is the position. */
    Wish wish(Offer offer) {
        boolean shared = offer.imp().pod().filter(TimedTerms::dynamic).isPresent();
        Integer slot = offer.bid().slotinpod();
        return !shared || slot == null ? Wish.ANYWHERE : wishOf(slot);
    }

    static Wish wishOf(int slotInPod) {
        return switch (slotInPod) {
            case 1 -> Wish.FIRST;
            case -1 -> Wish.LAST;
            case 2 -> Wish.FIRST_OR_LAST;
            default -> Wish.ANYWHERE;
        };
    }
}

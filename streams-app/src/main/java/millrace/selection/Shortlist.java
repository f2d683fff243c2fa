package millrace.selection;

import java.util.Comparator;
import java.util.List;
import millrace.schemas.NoFillReason;

/**
 * Who may compete for a slot.
 *
 * @param candidates the one to ask first at the head
 * @param dropped the others, in no order that matters
 */
public record Shortlist(List<Candidate> candidates, List<Dropped> dropped) {
    /** For a request that comes too late for anybody. */
    public static final Shortlist NOBODY = new Shortlist(List.of(), List.of());

    public Shortlist {
        candidates = List.copyOf(candidates);
        dropped = List.copyOf(dropped);
    }

    /**
     * What to say when there is no candidate: the obstacle of the campaign that came closest to an ad. So CAPPED before
     * BUDGET before BELOW_FLOOR, and NO_CANDIDATE when none came as far.
     */
    public NoFillReason noFillReason() {
        return dropped.stream()
                .map(Dropped::reason)
                .max(Comparator.naturalOrder())
                .map(DropReason::told)
                .orElse(NoFillReason.NO_CANDIDATE);
    }
}

package millrace.upstream.openrtb.auction;

import java.util.List;

/**
 * Where caps and budgets take part. The auction proposes all that would win, in order; whoever may not is named, loses, and the next one is
 * proposed, until nobody is refused. So a refused bid consumes nothing, and prices are set only by bids that could have been served.
 *
 * <p>An implementation looks at a proposal as a whole, and remembers nothing of earlier ones: two winners of one campaign with one exposure left
 * are the first of them and a refusal.
 */
@FunctionalInterface
public interface Admission {
    Admission ALL = proposed -> List.of();

    /** @return those that may not win; empty when all may */
    List<Refused> refused(List<Winner> proposed);

    /** @param index in the proposed */
    record Refused(int index, Refusal why) {}
}

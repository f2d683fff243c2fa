package millrace.rotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;

/**
 * Of the eligible, the one that has had the fewest turns; the first of the pool among equals. While all are eligible this is
 * the circle, exact to one turn. A cursor over the circle would pass over, for ever, an upstream that is always away just
 * when its turn comes; here it keeps its turn until it is back. It is owed at most {@value #MOST_OWED} turns, so that one
 * that comes back after an hour is not flooded.
 *
 * <p>Over any stretch in which an upstream is always eligible, no other has more than {@value #MOST_OWED} + 1 turns more.
 */
final class RoundRobin implements Turns {
    static final int MOST_OWED = 3;

    private final Map<String, Long> turns = new HashMap<>();
    private long most;

    @Override
    public Optional<UpstreamConfig> next(List<UpstreamConfig> eligible) {
        Optional<UpstreamConfig> behindMost = Optional.empty();
        long fewest = Long.MAX_VALUE;
        for (UpstreamConfig upstream : eligible) {
            long had = Math.max(turns.getOrDefault(upstream.id(), 0L), most - MOST_OWED);
            if (had < fewest) {
                fewest = had;
                behindMost = Optional.of(upstream);
            }
        }
        if (behindMost.isPresent()) {
            turns.put(behindMost.get().id(), fewest + 1);
            most = Math.max(most, fewest + 1);
        }
        return behindMost;
    }
}

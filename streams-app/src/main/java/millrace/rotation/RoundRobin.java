package millrace.rotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;

/**
 * Of the eligible, the one whose last turn is the longest ago; the order of the pool where none had one. While all are
 * eligible this is the circle. One that is skipped keeps its place at the head, so that it cannot be passed over for ever by
 * being away just when its turn comes, as happens to a cursor that moves on; and it is owed one turn, not all it missed.
 *
 * <p>Over any stretch in which an upstream is always eligible, no other has more than one turn more than it has.
 */
final class RoundRobin implements Turns {
    private final Map<String, Long> lastTurn = new HashMap<>();
    private long turn;

    @Override
    public Optional<UpstreamConfig> next(List<UpstreamConfig> eligible) {
        Optional<UpstreamConfig> longestAgo = Optional.empty();
        long earliest = Long.MAX_VALUE;
        for (UpstreamConfig upstream : eligible) {
            long last = lastTurn.getOrDefault(upstream.id(), 0L);
            if (last < earliest) {
                earliest = last;
                longestAgo = Optional.of(upstream);
            }
        }
        longestAgo.ifPresent(chosen -> lastTurn.put(chosen.id(), ++turn));
        return longestAgo;
    }
}

package example.rotation;

import java.util.List;
import java.util.random.RandomGenerator;
import millrace.rotation.plugin.Candidates;
import millrace.rotation.plugin.PoolSelector;
import millrace.rotation.plugin.SelectorPlugin;

/** Chooses the upstream whose calls have failed least, in proportion; among equals the one with the fewest calls out. */
public final class MostReliable implements SelectorPlugin {
    @Override
    public String name() {
        return "most-reliable";
    }

    @Override
    public PoolSelector open(List<String> upstreams, RandomGenerator random) {
        return MostReliable::select;
    }

    private static int select(Candidates candidates) {
        int best = PoolSelector.NONE;
        for (int place = 0; place < candidates.size(); place++) {
            if (candidates.isEligible(place)
                    && (best == PoolSelector.NONE || isBetter(candidates, place, best))) {
                best = place;
            }
        }
        return best;
    }

    private static boolean isBetter(Candidates candidates, int one, int other) {
        int byFailures = Double.compare(failureRate(candidates, one), failureRate(candidates, other));
        return byFailures == 0 ? candidates.active(one) < candidates.active(other) : byFailures < 0;
    }

    /** With one more failure and one more answer than there were, so that one that was never called is neither the best nor the worst. */
    private static double failureRate(Candidates candidates, int place) {
        return (candidates.failed(place) + 1.0) / (candidates.completed(place) + candidates.failed(place) + 2.0);
    }
}

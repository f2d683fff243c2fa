package millrace.rotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;

/**
 * Shares by weight, spread evenly: a, a, b, a, c, a, a for weights 5, 1, 1. Each turn is divided among the eligible by
 * weight and added to what each is owed; the one that is owed most has the turn and pays it whole. So nothing is drawn by
 * lot, each has its share of the requests for which it was there, and one that is away gains nothing. Weight 0 never has a
 * turn. (The smooth weighted balancing of nginx, with turns divided so that it stays exact when the total weight changes
 * from request to request: the greedy answer to the carpool problem of Fagin and Williams.)
 */
final class SmoothWeighted implements Turns {
    /** Parts of one turn, as a power of two; with a weight of a million it just fits a long. */
    private static final int TURN_BITS = 40;

    private final Map<String, Long> owed = new HashMap<>();

    @Override
    public Optional<UpstreamConfig> next(List<UpstreamConfig> eligible) {
        long weights = eligible.stream().mapToLong(UpstreamConfig::weight).sum();
        Optional<UpstreamConfig> owedMost = Optional.empty();
        long most = Long.MIN_VALUE;
        long shared = 0;
        for (UpstreamConfig upstream : eligible) {
            if (upstream.weight() > 0) {
                long share = ((long) upstream.weight() << TURN_BITS) / weights;
                long now = owed.merge(upstream.id(), share, Long::sum);
                shared += share;
                if (now > most) {
                    most = now;
                    owedMost = Optional.of(upstream);
                }
            }
        }
        if (owedMost.isPresent()) {
            owed.merge(owedMost.get().id(), -shared, Long::sum);
        }
        return owedMost;
    }
}

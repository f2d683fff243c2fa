package millrace.rotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;

/**
 * Shares by weight, spread evenly: a, a, b, a, c, a, a for weights 5, 1, 1. Each eligible upstream gains its weight a turn;
 * the one that has gained most is chosen and pays what all gained. So a whole round of turns gives each exactly its weight,
 * nothing is drawn by lot, and one that is away loses what it would have gained. Weight 0 is never chosen. (The smooth
 * weighted balancing of nginx.)
 */
final class SmoothWeighted implements Turns {
    private final Map<String, Long> gained = new HashMap<>();

    @Override
    public Optional<UpstreamConfig> next(List<UpstreamConfig> eligible) {
        Optional<UpstreamConfig> richest = Optional.empty();
        long most = Long.MIN_VALUE;
        long total = 0;
        for (UpstreamConfig upstream : eligible) {
            if (upstream.weight() > 0) {
                long now = gained.merge(upstream.id(), (long) upstream.weight(), Long::sum);
                total += upstream.weight();
                if (now > most) {
                    most = now;
                    richest = Optional.of(upstream);
                }
            }
        }
        if (richest.isPresent()) {
            gained.merge(richest.get().id(), -total, Long::sum);
        }
        return richest;
    }
}

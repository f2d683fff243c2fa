package millrace.rotation;

import java.util.List;
import java.util.Optional;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.SelectorKind;

/** Whose turn it is in one pool. */
sealed interface Turns permits RoundRobin, SmoothWeighted {

    static Turns of(SelectorKind selector) {
        return switch (selector) {
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED -> new SmoothWeighted();
        };
    }

    /** @param eligible in the order of the pool, may be empty */
    Optional<UpstreamConfig> next(List<UpstreamConfig> eligible);
}

package millrace.catalog;

import java.util.List;
import millrace.schemas.Creative;
import millrace.schemas.SelectorKind;

/** Where a campaign's ads come from. */
public sealed interface Supply {

    /** Its own creatives, served in turn; nobody is called. */
    record Own(List<Creative> creatives) implements Supply {
        public Own {
            creatives = List.copyOf(creatives);
            if (creatives.isEmpty()) {
                throw new IllegalArgumentException("creatives is empty; at least one is needed");
            }
        }
    }

    /** Upstreams that can all answer; the rotation chooses one. Ids may name upstreams that are not there (yet). */
    record Pooled(List<String> upstreams, SelectorKind selector) implements Supply {
        public Pooled {
            upstreams = List.copyOf(upstreams);
            if (upstreams.isEmpty()) {
                throw new IllegalArgumentException("pool.upstreams is empty; at least one is needed");
            }
        }
    }
}

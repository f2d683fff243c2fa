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

    /**
     * Upstreams that can all answer; the rotation chooses one. Ids may name upstreams that are not there (yet). A class, and not a record,
     * because it is looked up for each request and its hash must not be added up each time.
     */
    final class Pooled implements Supply {
        private final List<String> upstreams;
        private final PoolRules rules;
        private final int hash;

        public Pooled(List<String> upstreams, PoolRules rules) {
            this.upstreams = List.copyOf(upstreams);
            this.rules = rules;
            this.hash = 31 * this.upstreams.hashCode() + rules.hashCode();
            if (upstreams.isEmpty()) {
                throw new IllegalArgumentException("pool.upstreams is empty; at least one is needed");
            }
        }

        public Pooled(List<String> upstreams, SelectorKind selector) {
            this(upstreams, PoolRules.of(selector));
        }

        public List<String> upstreams() {
            return upstreams;
        }

        public PoolRules rules() {
            return rules;
        }

        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Pooled pool
                            && hash == pool.hash
                            && upstreams.equals(pool.upstreams)
                            && rules.equals(pool.rules));
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return "Pooled[upstreams=" + upstreams + ", rules=" + rules + "]";
        }
    }
}

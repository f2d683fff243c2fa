package millrace.catalog;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of the plugins that are loaded: what a pool may name beside what Millrace has. */
public record PoolPlugins(Set<String> selectors, Set<String> filters) {
    public static final PoolPlugins NONE = new PoolPlugins(Set.of(), Set.of());

    public PoolPlugins {
        selectors = Set.copyOf(selectors);
        filters = Set.copyOf(filters);
    }

    public boolean isEmpty() {
        return selectors.isEmpty() && filters.isEmpty();
    }

    /** Their names, in order. */
    @Override
    public String toString() {
        return Stream.concat(selectors.stream(), filters.stream()).sorted().collect(Collectors.joining(", "));
    }
}

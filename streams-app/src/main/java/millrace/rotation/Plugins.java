package millrace.rotation;

import java.util.Map;
import millrace.catalog.PoolPlugins;
import millrace.rotation.plugin.FilterPlugin;
import millrace.rotation.plugin.SelectorPlugin;

/**
 * Selectors and filters of others, by name. Safe for any thread.
 *
 * @param filters with what each said of itself when it was loaded
 */
public record Plugins(Map<String, SelectorPlugin> selectors, Map<String, OfFilter> filters) {
    public static final Plugins NONE = new Plugins(Map.of(), Map.of());

    /** A filter, and what it said once of itself. */
    public record OfFilter(FilterPlugin plugin, boolean letsWhenBroken, boolean isLasting) {}

    public Plugins {
        selectors = Map.copyOf(selectors);
        filters = Map.copyOf(filters);
    }

    /** What pools may name. */
    public PoolPlugins names() {
        return new PoolPlugins(selectors.keySet(), filters.keySet());
    }
}

package millrace.rotation.plugin;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A selector that a pool can name. Found by {@link java.util.ServiceLoader}, so it has a public constructor without parameters and its class's name stands in
 * {@code META-INF/services/millrace.rotation.plugin.SelectorPlugin}. Made once a process; safe for any thread.
 */
public interface SelectorPlugin {
    /** How pools name it: 1 to 64 of small letters, digits and dashes, beginning with a letter. */
    String name();

    /**
     * One for a pool. What it throws leaves the pool to its fallback.
     *
     * @param upstreams ids by place
     * @param random the only source of chance
     */
    PoolSelector open(List<String> upstreams, RandomGenerator random);
}

package millrace.rotation.plugin;

import java.util.List;

/**
 * A filter that a pool can name. Found by {@link java.util.ServiceLoader}, so it has a public constructor without parameters and its class's name stands in
 * {@code META-INF/services/millrace.rotation.plugin.FilterPlugin}. Made once a process; safe for any thread.
 */
public interface FilterPlugin {
    /** How pools name it: 1 to 64 of small letters, digits and dashes, beginning with a letter. */
    String name();

    /**
     * One for a pool. What it throws is an answer like any other that fails.
     *
     * @param upstreams ids by place
     */
    PoolFilter open(List<String> upstreams);

    /** Its answer where it fails. Asked once, when it is loaded. */
    default boolean letsWhenBroken() {
        return true;
    }

    /** Whether its no means more than: not now. Then a session that stays with this upstream moves on. Asked once, when it is loaded. */
    default boolean isLasting() {
        return true;
    }
}

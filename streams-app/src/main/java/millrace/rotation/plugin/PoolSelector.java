package millrace.rotation.plugin;

/**
 * Takes one of the eligible upstreams of one pool. There is one for each pool and partition, called by one thread, which everybody's requests wait for: it must not wait
 * for anything, and takes microseconds.
 */
public interface PoolSelector {
    /** No choice: the pool's fallback chooses. */
    int NONE = -1;

    /** The place of an eligible upstream, or {@link #NONE}. */
    int select(Candidates candidates);

    /** What {@link #select} said is called now. */
    default void taken(int place) {}

    /** A call to the upstream at this place had its answer or failed; its figures have changed. */
    default void learnt(PoolView pool, int place) {}
}

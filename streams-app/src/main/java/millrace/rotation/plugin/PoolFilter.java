package millrace.rotation.plugin;

/** Says who of one pool may be chosen. One for each pool and partition, called by one thread, which everybody's requests wait for: it must not wait for anything. */
public interface PoolFilter {
    /** Whether the upstream at this place, which is there, may be chosen for this request. Asked as often as selectors like; asking changes nothing. */
    boolean lets(PoolView pool, int place);
}

package millrace.rotation.plugin;

/**
 * The upstreams of one pool and the request that one is wanted for, as they are at this moment. Upstreams are known by their place in the pool, from 0. Of use only
 * within the call that it was given to: it is the same object each time.
 */
public interface PoolView {
    /** How many places the pool has. */
    int size();

    /** The id of the upstream at this place. */
    String upstream(int place);

    /** Whether the catalog has it; of one that it does not have, all figures are 0. */
    boolean isThere(int place);

    /** Share in a weighted pool, as configured. */
    int weight(int place);

    /** What a thousand calls of it cost, in micros of the pool's currency. */
    long costMicros(int place);

    /** Calls that this partition has out to it. */
    long active(int place);

    /** Calls of this partition that had a proper answer; having no ad is one. */
    long completed(int place);

    /** Calls of this partition that had none. */
    long failed(int place);

    /** How long it usually takes to answer, in nanoseconds; 0 when that is not known. */
    long usualNanos(int place);

    /** The user's country, ISO 3166-1 alpha-2 in capitals; empty when it is not known. */
    String country();

    /** The user's region, as the request names it; empty when it is not known. */
    String region();

    /** Now, in nanoseconds from any moment. The only clock, so that what is replayed comes out as it did. */
    long nanoTime();
}

package millrace.rotation.plugin;

/** A pool, and who of it may be chosen. */
public interface Candidates extends PoolView {
    /** Whether all filters of the pool let it through for this request, and it has had nothing for it yet. */
    boolean isEligible(int place);
}

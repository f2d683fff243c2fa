package millrace.budget;

/**
 * How many leases a partition uses.
 *
 * @param holding those with money in them
 * @param empty those without
 */
public record LeaseCount(int holding, int empty) {
    public static final LeaseCount NONE = new LeaseCount(0, 0);
}

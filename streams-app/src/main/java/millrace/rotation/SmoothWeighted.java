package millrace.rotation;

/**
 * Shares by weight, spread evenly: a, a, b, a, c, a, a for weights 5, 1, 1. Each turn is divided among the eligible by
 * weight and added to what each is owed; the one that is owed most has the turn and pays it whole. So nothing is drawn by
 * lot, each has its share of the requests for which it was there, and one that is away gains nothing. Weight 0 never has a
 * turn. (The smooth weighted balancing of nginx, with turns divided so that it stays exact when the total weight changes
 * from request to request: the greedy answer to the carpool problem of Fagin and Williams.)
 *
 * <p>Everybody is looked at for each turn, so larger pools than {@value #MOST} are drawn for instead.
 */
final class SmoothWeighted implements Selector {
    static final int MOST = 32;
    /** Parts of one turn, as a power of two: with a thousandth of a weight in a million it just fits a long. */
    private static final int TURN_BITS = 33;

    private final Weighing weighing;
    private final long[] owed;
    private final long[] weights;

    SmoothWeighted(int size, Weighing weighing) {
        this.weighing = weighing;
        this.owed = new long[size];
        this.weights = new long[size];
    }

    @Override
    public int select(Members members) {
        long all = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = members.isEligible(i) ? weighing.of(members, i) : 0;
            all += weights[i];
        }
        int owedMost = NONE;
        long most = Long.MIN_VALUE;
        long shared = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                long share = (weights[i] << TURN_BITS) / all;
                owed[i] += share;
                shared += share;
                if (owed[i] > most) {
                    most = owed[i];
                    owedMost = i;
                }
            }
        }
        if (owedMost != NONE) {
            owed[owedMost] -= shared;
        }
        return owedMost;
    }
}

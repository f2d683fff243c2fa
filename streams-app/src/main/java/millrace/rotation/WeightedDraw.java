package millrace.rotation;

import java.util.random.RandomGenerator;

/**
 * Shares by weight, drawn by lot. Weights are kept as sums in a binary indexed tree (Fenwick), so that drawing and changing one weight both cost the logarithm of the
 * pool's size. One that is drawn and not eligible is drawn again, which leaves the others their shares; when most are not eligible, the eligible are added up.
 */
final class WeightedDraw implements Selector {
    private static final int DRAWS = 8;

    private final Weighing weighing;
    private final RandomGenerator random;
    private final long[] weights;
    private final long[] sums;
    private final int highest;
    private long all;

    WeightedDraw(int size, Weighing weighing, RandomGenerator random) {
        this.weighing = weighing;
        this.random = random;
        this.weights = new long[size];
        this.sums = new long[size + 1];
        this.highest = Integer.highestOneBit(size);
    }

    @Override
    public void changed(Members members) {
        for (int i = 0; i < weights.length; i++) {
            learnt(members, i);
        }
    }

    @Override
    public void learnt(Members members, int member) {
        long change = weighing.of(members, member) - weights[member];
        if (change != 0) {
            weights[member] += change;
            all += change;
            for (int node = member + 1; node < sums.length; node += node & -node) {
                sums[node] += change;
            }
        }
    }

    @Override
    public int select(Members members) {
        if (all <= 0) {
            return NONE;
        }
        for (int i = 0; i < DRAWS; i++) {
            int drawn = at(random.nextLong(all));
            if (members.isEligible(drawn)) {
                return drawn;
            }
        }
        return ofEligible(members);
    }

    /** Whose part of the sum of weights this is. */
    private int at(long part) {
        int node = 0;
        long left = part;
        for (int step = highest; step > 0; step >>= 1) {
            int next = node + step;
            if (next < sums.length && sums[next] <= left) {
                node = next;
                left -= sums[next];
            }
        }
        return node;
    }

    private int ofEligible(Members members) {
        long eligible = 0;
        for (int i = 0; i < weights.length; i++) {
            eligible += weights[i] > 0 && members.isEligible(i) ? weights[i] : 0;
        }
        if (eligible == 0) {
            return NONE;
        }
        long left = random.nextLong(eligible);
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0 && members.isEligible(i)) {
                left -= weights[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return NONE;
    }
}

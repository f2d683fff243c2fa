package millrace.rotation;

/**
 * Of the eligible, the one that has had the fewest turns; the first of the pool among equals. While all are eligible this is
 * the circle, exact to one turn. A cursor over the circle would pass over, for ever, an upstream that is always away just
 * when its turn comes; here it keeps its turn until it is back. It is owed at most {@value #MOST_OWED} turns, so that one
 * that comes back after an hour is not flooded.
 *
 * <p>Over any stretch in which an upstream is always eligible, no other has more than {@value #MOST_OWED} + 1 turns more.
 *
 * <p>Since nobody is owed more, there are only {@value #MOST_OWED} + 1 numbers of turns, and for each a set of members, as bits. A choice looks at the first
 * bits of these sets: its cost does not grow with the pool.
 */
final class RoundRobin implements Selector {
    static final int MOST_OWED = 3;

    /** Who is owed 3, 2, 1, 0 turns. */
    private final long[][] owed;

    RoundRobin(int size) {
        owed = new long[MOST_OWED + 1][(size + 63) >> 6];
        for (int member = 0; member < size; member++) {
            owed[MOST_OWED][member >> 6] |= 1L << member;
        }
    }

    @Override
    public int select(Members members) {
        for (long[] group : owed) {
            for (int word = 0; word < group.length; word++) {
                for (long left = group[word]; left != 0; left &= left - 1) {
                    int member = (word << 6) + Long.numberOfTrailingZeros(left);
                    if (members.isEligible(member)) {
                        return member;
                    }
                }
            }
        }
        return NONE;
    }

    @Override
    public void taken(int member) {
        int word = member >> 6;
        long bit = 1L << member;
        int group = 0;
        while ((owed[group][word] & bit) == 0) {
            group++;
        }
        owed[group][word] &= ~bit;
        if (group == MOST_OWED) {
            everybodyElseIsOwedOneMore();
        } else {
            group++;
        }
        owed[group][word] |= bit;
    }

    private void everybodyElseIsOwedOneMore() {
        long[] most = owed[0];
        for (int word = 0; word < most.length; word++) {
            owed[1][word] |= most[word];
            most[word] = 0;
        }
        System.arraycopy(owed, 1, owed, 0, MOST_OWED);
        owed[MOST_OWED] = most;
    }
}

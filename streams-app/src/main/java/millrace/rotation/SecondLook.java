package millrace.rotation;

/**
 * Keeps a selector that judges from judging for ever by what it saw once: the first calls of an upstream are trials, and now and then a turn goes to the one
 * that was not asked for the longest time. For one pool.
 */
final class SecondLook {
    private long choices;

    /** Who is to be asked now whatever is thought of it; {@link Selector#NONE} when judgement decides. */
    int due(Members members, boolean someAreKnown) {
        choices++;
        if (choices % RotationSettings.LOOK_AGAIN == 0) {
            return longestWaiting(members);
        }
        // Not more than every second turn, so that trials of one that is away do not take all of them.
        return someAreKnown && choices % 2 == 0 ? Selector.NONE : leastTried(members);
    }

    private static int leastTried(Members members) {
        int least = Selector.NONE;
        long tried = RotationSettings.TRIALS;
        for (int i = 0; i < members.size(); i++) {
            if (members.stats(i).opened() < tried && members.isEligible(i)) {
                least = i;
                tried = members.stats(i).opened();
            }
        }
        return least;
    }

    private static int longestWaiting(Members members) {
        int longest = Selector.NONE;
        long waited = Long.MIN_VALUE;
        for (int i = 0; i < members.size(); i++) {
            long waiting = members.now() - members.stats(i).openedAt();
            if (waiting > waited && members.isEligible(i)) {
                longest = i;
                waited = waiting;
            }
        }
        return longest;
    }
}

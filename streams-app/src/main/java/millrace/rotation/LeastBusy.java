package millrace.rotation;

/** The one with the fewest calls out now; among equals the one with the fewest calls ended in this window, then the first of the pool. */
final class LeastBusy implements Selector {

    @Override
    public int select(Members members) {
        int least = NONE;
        long active = Long.MAX_VALUE;
        long ended = Long.MAX_VALUE;
        long window = members.window();
        for (int i = 0; i < members.size(); i++) {
            UpstreamStats stats = members.stats(i);
            long busy = stats.active();
            if (busy > active) {
                continue;
            }
            long done = stats.completedInWindow(window);
            // Whether it is eligible is asked last: of a shuffled pool, few are better than all before them.
            if ((busy < active || done < ended) && members.isEligible(i)) {
                least = i;
                active = busy;
                ended = done;
            }
        }
        return least;
    }
}

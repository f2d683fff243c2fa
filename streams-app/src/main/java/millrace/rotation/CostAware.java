package millrace.rotation;

/**
 * The one whose proper answers cost least: what a call costs, divided by its rate of success, so that a cheap one that fails is dear. Among equals the one with
 * the fewest calls out. Unknown ones are tried, and dear ones looked at again, by {@link SecondLook}.
 */
final class CostAware implements Selector {
    private final SecondLook secondLook = new SecondLook();

    @Override
    public int select(Members members) {
        int due = secondLook.due(members, true);
        if (due != NONE) {
            return due;
        }
        int cheapest = NONE;
        double least = Double.MAX_VALUE;
        long active = Long.MAX_VALUE;
        for (int i = 0; i < members.size(); i++) {
            if (!members.isThere(i)) {
                continue;
            }
            UpstreamStats stats = members.stats(i);
            double price = members.config(i).rotation().costMicros() / stats.successRate();
            if ((price < least || (price == least && stats.active() < active)) && members.isEligible(i)) {
                cheapest = i;
                least = price;
                active = stats.active();
            }
        }
        return cheapest;
    }
}

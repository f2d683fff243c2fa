package millrace.budget;

import java.util.Comparator;
import millrace.money.BudgetDay;

/** Who holds a share of a campaign's budget: one partition's lease, for one budget day. */
record Holder(BudgetDay day, int partition) implements Comparable<Holder> {
    private static final Comparator<Holder> ORDER =
            Comparator.comparing(Holder::day).thenComparingInt(Holder::partition);

    @Override
    public int compareTo(Holder other) {
        return ORDER.compare(this, other);
    }
}

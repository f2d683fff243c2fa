package millrace.audit;

import java.util.Comparator;

/**
 * What money is compared for: one campaign on one budget day.
 *
 * @param budgetDay days since 1970 in the campaign's zone; 0 without a daily budget
 */
public record Subject(String campaign, int budgetDay) implements Comparable<Subject> {
    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::campaign).thenComparingInt(Subject::budgetDay);

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }
}

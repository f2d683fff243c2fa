package millrace.devkit.referee;

import java.util.List;
import java.util.Map;

/**
 * What a referee found. The first five must be zero; of what is listed, each entry says which.
 *
 * @param overspend by campaign, in nanos; only those above zero
 * @param unmatched answered ads without their record or the other way round, impressions of nothing or at another price, shown ads
 *     without an impression on record
 * @param excused duplicates that at-least-once documents: answers and billed impressions
 * @param excessByLate ads beyond a cap that only late impressions make
 * @param servedWhilePaused by campaign
 * @param accounts one a campaign that has a budget
 */
public record Findings(
        List<String> lost,
        List<String> duplicated,
        List<String> capExcess,
        Map<String, Long> overspend,
        List<String> doubleBilled,
        List<String> unmatched,
        int excused,
        int lateImpressions,
        int excessByLate,
        Map<String, Integer> servedWhilePaused,
        List<Account> accounts) {

    /** What a campaign did with its budget, in nanos of its currency. */
    public record Account(
            String campaign, long budgetNanos, long spentNanos, long reservedNanos, long excessOfCutsNanos) {

        /** Share of the budget that is spent, or reserved for ads that may still be seen. */
        public double used() {
            return budgetNanos == 0 ? 0 : (double) (spentNanos + reservedNanos) / budgetNanos;
        }
    }

    public Findings {
        lost = List.copyOf(lost);
        duplicated = List.copyOf(duplicated);
        capExcess = List.copyOf(capExcess);
        overspend = Map.copyOf(overspend);
        doubleBilled = List.copyOf(doubleBilled);
        unmatched = List.copyOf(unmatched);
        servedWhilePaused = Map.copyOf(servedWhilePaused);
        accounts = List.copyOf(accounts);
    }

    /** The promise held. */
    public boolean isClean() {
        return lost.isEmpty()
                && duplicated.isEmpty()
                && capExcess.isEmpty()
                && overspend.isEmpty()
                && doubleBilled.isEmpty()
                && unmatched.isEmpty();
    }
}

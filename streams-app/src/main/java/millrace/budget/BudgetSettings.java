package millrace.budget;

import java.time.Duration;

/**
 * How leases breathe.
 *
 * @param ahead how much demand a lease holds in advance; it asks again when half of it is left
 * @param reask shortest time between two asks for the same
 * @param report shortest time between two reports of a campaign's spend
 * @param idle how long a lease may lie unused before it is given back
 * @param recheck how often the ledger compares campaigns with the catalog
 */
public record BudgetSettings(Duration ahead, Duration reask, Duration report, Duration idle, Duration recheck) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public static final BudgetSettings DEFAULTS = new BudgetSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(500));

    public BudgetSettings {
        check("budget.lease.ahead", ahead);
        check("budget.lease.reask", reask);
        check("budget.lease.report", report);
        check("budget.lease.idle", idle);
        check("budget.ledger.recheck", recheck);
    }

    private static void check(String key, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is " + SHORTEST + " to " + LONGEST);
        }
    }
}

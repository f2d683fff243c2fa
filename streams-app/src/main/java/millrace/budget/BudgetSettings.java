package millrace.budget;

import java.time.Duration;

/**
 * How leases breathe.
 *
 * @param ahead how much demand a lease holds in advance; it asks again when half of it is left
 * @param reask shortest time between two asks for the same
 * @param report shortest time between two reports of a campaign's spend
 * @param idle how long a lease may lie unused before it is given back
 * @param recheck how often the ledger compares campaigns with the catalog, and hands out what falls due
 * @param catchUpPercent how fast even pacing may go while it catches up, in percent of its even rate
 * @param forgetful whether a crash may take back what was stored and not what was sent, as under {@code at_least_once}
 */
public record BudgetSettings(
        Duration ahead,
        Duration reask,
        Duration report,
        Duration idle,
        Duration recheck,
        int catchUpPercent,
        boolean forgetful) {
    private static final int SLOWEST = 100;
    private static final int FASTEST = 10_000;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public static final BudgetSettings DEFAULTS = new BudgetSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            200,
            false);

    public BudgetSettings {
        check("budget.lease.ahead", ahead);
        check("budget.lease.reask", reask);
        check("budget.lease.report", report);
        check("budget.lease.idle", idle);
        check("budget.ledger.recheck", recheck);
        if (catchUpPercent < SLOWEST || catchUpPercent > FASTEST) {
            throw new IllegalArgumentException("budget.pacing.catchup is " + catchUpPercent + " percent; allowed is "
                    + SLOWEST + " to " + FASTEST);
        }
    }

    /** The same where a crash may take back what was stored. */
    public BudgetSettings whereCrashesForget() {
        return new BudgetSettings(ahead, reask, report, idle, recheck, catchUpPercent, true);
    }

    /** How long before midnight the next day's lease is asked for: it must not have gone back as idle by then. */
    Duration dayAhead() {
        return idle.dividedBy(2);
    }

    private static void check(String key, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is " + SHORTEST + " to " + LONGEST);
        }
    }
}

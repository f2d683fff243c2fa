package millrace.budget;

import java.time.Instant;
import millrace.money.BudgetDay;
import millrace.money.Money;

/**
 * Keeps a paced budget from bursting while it catches up: a bucket that refills at the catch-up rate and holds what that
 * rate brings in a second, one impression at least. What the schedule has due beyond the bucket comes bit by bit.
 *
 * <p>So in any stretch of time no more is granted than {@code factor × even rate × (stretch + 1 s)}, or one impression.
 *
 * @param day whose bucket it is; each day begins with a full one
 * @param fullAtMicros when the bucket will be full again, in microseconds since 1970: a moment and not an amount, so that
 *     nothing is lost by rounding however often it is looked at
 */
record Pace(BudgetDay day, long fullAtMicros) {
    static final Pace FRESH = new Pace(BudgetDay.NONE, 0);
    private static final long HELD_MICROS = 1_000_000;

    /** What may be granted now, as far as bursts are concerned. */
    Money room(Schedule schedule, BudgetDay of, Instant now, int percent) {
        if (!of.isNone() && of.compareTo(day) < 0) {
            return Money.ZERO; // A later day has begun; two buckets in turn would be no bound.
        }
        long micros = micros(now);
        long empty = Math.max(0, fullAt(of) - micros);
        long held = heldMicros(schedule, percent);
        return empty >= held ? Money.ZERO : schedule.within(held - empty, percent);
    }

    Pace granted(Money amount, Schedule schedule, BudgetDay of, Instant now, int percent) {
        long from = Math.max(fullAt(of), micros(now));
        return new Pace(of, Math.addExact(from, schedule.micros(amount, percent)));
    }

    /** What comes back may be granted once more. */
    Pace returned(Money amount, Schedule schedule, BudgetDay of, int percent) {
        return day.equals(of) ? new Pace(of, Math.max(0, fullAtMicros - schedule.micros(amount, percent))) : this;
    }

    private long fullAt(BudgetDay of) {
        return day.equals(of) ? fullAtMicros : 0;
    }

    private static long heldMicros(Schedule schedule, int percent) {
        return Math.max(HELD_MICROS, schedule.micros(schedule.unit(), percent));
    }

    private static long micros(Instant now) {
        return Math.multiplyExact(now.toEpochMilli(), 1_000L);
    }
}

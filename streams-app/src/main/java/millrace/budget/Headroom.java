package millrace.budget;

import java.time.Instant;
import java.util.Optional;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.Pacing;

/**
 * How much of a campaign's budget may still be granted for one budget day. In nanos; negative after a cut.
 *
 * @param dueNanos now
 * @param leftNanos now or when it falls due
 * @param potentialNanos when all that lies in leases had come back
 */
record Headroom(long dueNanos, long leftNanos, long potentialNanos) {

    static Headroom of(OpenEntry entry, Funds.Open funds, BudgetDay day, Instant now, int catchUpPercent) {
        Balance total = entry.total();
        Balance ofDay = entry.of(day);
        long left = Math.min(minus(funds.totalLimit(), total.outNanos()), minus(funds.dailyLimit(), ofDay.outNanos()));
        long potential = Math.min(
                minus(funds.totalLimit(), total.outNanos() - total.heldNanos()),
                minus(funds.dailyLimit(), ofDay.outNanos() - ofDay.heldNanos()));
        Optional<Schedule> schedule = funds.schedule(day);
        if (schedule.isEmpty()) {
            return new Headroom(left, left, potential);
        }
        long out = funds.budget().pacing() == Pacing.EVEN_DAY ? ofDay.outNanos() : total.outNanos();
        long due = Math.min(
                minus(schedule.get().due(now), out),
                entry.pace()
                        .room(schedule.get(), bucket(funds, day), now, catchUpPercent)
                        .nanos());
        return new Headroom(Math.min(left, due), left, potential);
    }

    /** Whose bucket paces a day: its own, or the flight's. */
    static BudgetDay bucket(Funds.Open funds, BudgetDay day) {
        return funds.budget().pacing() == Pacing.EVEN_DAY ? day : BudgetDay.NONE;
    }

    private static long minus(Money limit, long nanos) {
        return Math.subtractExact(limit.nanos(), nanos);
    }
}

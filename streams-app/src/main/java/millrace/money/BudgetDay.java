package millrace.money;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The day of a daily budget, from midnight to midnight in the campaign's time zone: 23 or 25 hours long when the clock
 * changes.
 *
 * @param number days since 1970; 0 stands for "no day", the budget of a campaign without a daily limit
 */
public record BudgetDay(int number) implements Comparable<BudgetDay> {
    public static final BudgetDay NONE = new BudgetDay(0);

    /** @throws ArithmeticException for a day that no int numbers */
    public static BudgetDay at(Instant moment, ZoneId zone) {
        return new BudgetDay(Math.toIntExact(LocalDate.ofInstant(moment, zone).toEpochDay()));
    }

    public boolean isNone() {
        return number == 0;
    }

    public Instant begins(ZoneId zone) {
        return LocalDate.ofEpochDay(number).atStartOfDay(zone).toInstant();
    }

    /** The first moment of the day after. */
    public Instant ends(ZoneId zone) {
        return LocalDate.ofEpochDay(number + 1L).atStartOfDay(zone).toInstant();
    }

    @Override
    public int compareTo(BudgetDay other) {
        return Integer.compare(number, other.number);
    }
}

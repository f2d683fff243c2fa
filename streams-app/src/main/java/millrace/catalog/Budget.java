package millrace.catalog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.Pacing;

/**
 * What a campaign may spend, and how fast.
 *
 * @param total over its whole life; absent is unlimited
 * @param daily on each budget day; absent is no daily limit
 * @param zone whose midnight begins a budget day
 * @param pacing EVEN_DAY needs a daily budget, EVEN_FLIGHT a total one and both ends of the flight
 */
public record Budget(Optional<Money> total, Optional<Money> daily, ZoneId zone, Pacing pacing) {
    public static final Budget UNLIMITED = new Budget(Optional.empty(), Optional.empty(), ZoneOffset.UTC, Pacing.ASAP);

    public static Budget ofTotal(Money total) {
        return new Budget(Optional.of(total), Optional.empty(), ZoneOffset.UTC, Pacing.ASAP);
    }

    /** Nothing is ever refused, but what is spent is counted. */
    public boolean isUnlimited() {
        return total.isEmpty() && daily.isEmpty();
    }

    /** The day that pays for an ad that is served now. */
    public BudgetDay day(Instant now) {
        return daily.isEmpty() ? BudgetDay.NONE : BudgetDay.at(now, zone);
    }
}

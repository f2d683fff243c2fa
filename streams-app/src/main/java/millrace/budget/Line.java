package millrace.budget;

import java.util.Optional;
import java.util.function.Function;
import millrace.catalog.Budget;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetBalance;
import millrace.schemas.BudgetEntry;
import millrace.schemas.EntryCause;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger: a change with its cause, and the balances that it left.
 *
 * @param partition whose lease it is about; absent when it is about all
 */
record Line(
        long number,
        EntryCause cause,
        Optional<Integer> partition,
        BudgetDay day,
        Movement movement,
        Funds funds,
        Balance total,
        Balance ofDay) {

    /** What went where, in nanos. Negative only after a lease was rolled back, under {@code at_least_once}. */
    record Movement(long granted, long returned, long reserved, long spent, long expired) {
        static final Movement NONE = new Movement(0, 0, 0, 0, 0);

        /** @throws ArithmeticException when a difference does not fit a long */
        static Movement between(Share before, Share after) {
            return new Movement(
                    Math.subtractExact(after.grantedNanos(), before.grantedNanos()),
                    Math.subtractExact(after.returnedNanos(), before.returnedNanos()),
                    Math.subtractExact(after.everReservedNanos(), before.everReservedNanos()),
                    Math.subtractExact(after.spentNanos(), before.spentNanos()),
                    Math.subtractExact(after.expiredNanos(), before.expiredNanos()));
        }
    }

    BudgetEntry entry(String campaign, String currency, long at) {
        return BudgetEntry.newBuilder()
                .setCampaign(campaign)
                .setNumber(number)
                .setCause(cause)
                .setPartition(partition.orElse(null))
                .setBudgetDay(day.number())
                .setCurrency(currency)
                .setGrantedNanos(movement.granted)
                .setReturnedNanos(movement.returned)
                .setReservedNanos(movement.reserved)
                .setSpentNanos(movement.spent)
                .setExpiredNanos(movement.expired)
                .setTotal(balance(limit(Budget::total), total))
                .setDay(day.isNone() ? null : balance(limit(Budget::daily), ofDay))
                .setAt(at)
                .build();
    }

    private @Nullable Long limit(Function<Budget, Optional<Money>> of) {
        return switch (funds) {
            case Funds.Open open -> of.apply(open.budget()).map(Money::nanos).orElse(null);
            case Funds.Closed closed -> null;
        };
    }

    private static BudgetBalance balance(@Nullable Long limit, Balance balance) {
        return BudgetBalance.newBuilder()
                .setLimitNanos(limit)
                .setSpentNanos(balance.spentNanos())
                .setReservedNanos(balance.reservedNanos())
                .setLeasedNanos(balance.heldNanos())
                .build();
    }
}

package millrace.budget;

import millrace.money.BudgetDay;
import millrace.schemas.GrantVerdict;

/** Whether an ad's cost could be taken from this partition's lease. */
public sealed interface BudgetVerdict {

    /**
     * Taken; it is spent or released exactly once later.
     *
     * @param day that pays, and gets back what is released
     */
    record Reserved(BudgetDay day) implements BudgetVerdict {}

    /** The lease is empty and the ledger was asked: try again when {@link Budgets} says so, until the deadline. */
    record Waiting() implements BudgetVerdict {}

    /** There is no money, or the campaign may not spend it. */
    record Exhausted(GrantVerdict verdict) implements BudgetVerdict {}

    /** Nothing had to be taken. */
    BudgetVerdict FREE = new Reserved(BudgetDay.NONE);

    BudgetVerdict WAITING = new Waiting();
}

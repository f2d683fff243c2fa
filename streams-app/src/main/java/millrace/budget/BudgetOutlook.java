package millrace.budget;

import millrace.schemas.GrantVerdict;

/** Whether it is worth trying a campaign, before anybody is called. Binds nobody. */
public sealed interface BudgetOutlook {

    /** There is money here, or some may still come. */
    record Open() implements BudgetOutlook {}

    /** The ledger said so and has not said otherwise since. */
    record Exhausted(GrantVerdict verdict) implements BudgetOutlook {}

    BudgetOutlook OPEN = new Open();
}

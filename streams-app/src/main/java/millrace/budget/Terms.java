package millrace.budget;

import java.util.Optional;
import millrace.catalog.Budget;
import millrace.money.Money;
import millrace.schemas.EntryCause;

/** What a change in the catalog means to the ledger. */
final class Terms {
    private Terms() {}

    static EntryCause change(Funds before, Funds after) {
        return switch (after) {
            case Funds.Closed closed ->
                switch (closed.why()) {
                    case UNKNOWN -> EntryCause.REMOVE;
                    case PAUSED -> EntryCause.PAUSE;
                    case NOT_IN_FLIGHT -> EntryCause.END;
                };
            case Funds.Open open ->
                switch (before) {
                    case Funds.Closed closed -> EntryCause.RESUME;
                    case Funds.Open earlier -> change(earlier.budget(), open.budget());
                };
        };
    }

    /** A cut says more than a top-up, should both be made at once. */
    private static EntryCause change(Budget before, Budget after) {
        int total = limit(after.total()).compareTo(limit(before.total()));
        int daily = limit(after.daily()).compareTo(limit(before.daily()));
        if (total < 0 || daily < 0) {
            return EntryCause.CUT;
        }
        return total > 0 || daily > 0 ? EntryCause.TOP_UP : EntryCause.CHANGE;
    }

    private static Money limit(Optional<Money> limit) {
        return limit.orElse(Funds.UNLIMITED);
    }
}

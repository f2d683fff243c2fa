package millrace.budget;

import millrace.money.BudgetDay;
import millrace.schemas.BudgetRequest;

/**
 * What one lease says of itself, checked.
 *
 * @param sequence number of the report, rising
 * @param ledger the life of the ledger that it has heard last; 0 when it has heard none
 * @param neededNanos total that would serve the decisions that wait; 0 when none does
 */
record Report(
        int partition,
        BudgetDay day,
        long sequence,
        long ledger,
        String currency,
        long grantedNanos,
        long wantedNanos,
        long neededNanos,
        long spentNanos,
        long returnedNanos,
        long reservedNanos,
        long expiredNanos) {

    /** @throws IllegalArgumentException saying what is absurd */
    static Report of(BudgetRequest request) {
        return new Report(
                request.getPartition(),
                new BudgetDay(request.getBudgetDay()),
                request.getSequence(),
                request.getLedger(),
                request.getCurrency(),
                request.getGrantedNanos(),
                request.getWantedNanos(),
                request.getNeededNanos(),
                request.getSpentNanos(),
                request.getReturnedNanos(),
                request.getReservedNanos(),
                request.getExpiredNanos());
    }

    Report {
        require(currency.length() == 3, "currency", currency, "a code of ISO 4217");
        require(day.number() >= 0, "budgetDay", day.number(), "0 or more");
        require(sequence > 0, "sequence", sequence, "1 or more");
        require(grantedNanos >= 0, "grantedNanos", grantedNanos, "0 or more");
        require(wantedNanos >= grantedNanos, "wantedNanos", wantedNanos, "at least grantedNanos " + grantedNanos);
        require(neededNanos >= 0, "neededNanos", neededNanos, "0 or more");
        long rest = part("spentNanos", spentNanos, grantedNanos);
        rest = part("returnedNanos", returnedNanos, rest);
        part("reservedNanos", reservedNanos, rest);
        require(expiredNanos >= 0, "expiredNanos", expiredNanos, "0 or more");
    }

    Holder holder() {
        return new Holder(day, partition);
    }

    boolean asks() {
        return Math.max(wantedNanos, neededNanos) > grantedNanos;
    }

    private static long part(String field, long nanos, long rest) {
        require(nanos >= 0 && nanos <= rest, field, nanos, "0 to " + rest + ", what is left of the granted");
        return rest - nanos;
    }

    private static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed is " + allowed);
        }
    }
}

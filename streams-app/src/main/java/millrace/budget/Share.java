package millrace.budget;

import millrace.schemas.GrantVerdict;

/**
 * What the ledger knows of one lease. Amounts are running totals in nanos.
 *
 * @param grantedNanos by the ledger; the lease may not have heard of all of it yet
 * @param heard number of the newest report
 * @param told number of the newest grant
 * @param verdict what that grant said
 */
record Share(
        long grantedNanos,
        long wantedNanos,
        long neededNanos,
        long spentNanos,
        long returnedNanos,
        long reservedNanos,
        long expiredNanos,
        long heard,
        long told,
        GrantVerdict verdict) {

    static final Share NONE = new Share(0, 0, 0, 0, 0, 0, 0, 0, 0, GrantVerdict.GRANTED);

    /**
     * A higher total than the ledger's (a campaign that had no budget, or a grant that outlived its ledger) is out all the
     * same, so it counts.
     */
    Share adopting(long reportedTotal) {
        return reportedTotal > grantedNanos ? with(reportedTotal, heard, told, verdict) : this;
    }

    /**
     * The newest report is the truth about what was spent and given back. A lower granted total than the ledger's is a
     * grant still under way.
     */
    Share reporting(Report report) {
        return new Share(
                grantedNanos,
                report.wantedNanos(),
                report.neededNanos(),
                report.spentNanos(),
                report.returnedNanos(),
                report.reservedNanos(),
                report.expiredNanos(),
                report.sequence(),
                told,
                verdict);
    }

    /** A report of which only the number counts. */
    Share hearing(long sequence) {
        return with(grantedNanos, sequence, told, verdict);
    }

    /** @throws ArithmeticException when the total does not fit a long */
    Share granted(long more) {
        return with(Math.addExact(grantedNanos, more), heard, told, verdict);
    }

    Share telling(GrantVerdict news) {
        return with(grantedNanos, heard, told + 1, news);
    }

    /** Out of the budget, spent or not. */
    long outNanos() {
        return grantedNanos - returnedNanos;
    }

    /** Free in the lease, as of its newest report; a grant under way included. */
    long heldNanos() {
        return grantedNanos - returnedNanos - spentNanos - reservedNanos;
    }

    /** All that was ever reserved, whatever became of it. */
    long everReservedNanos() {
        return Math.addExact(Math.addExact(reservedNanos, spentNanos), expiredNanos);
    }

    long needNanos() {
        return Math.max(0, neededNanos - grantedNanos);
    }

    long wantNanos() {
        return Math.max(0, wantedNanos - grantedNanos);
    }

    /** Takes part in what is left of the budget. */
    boolean isActive() {
        return outNanos() > spentNanos || wantNanos() > 0 || needNanos() > 0;
    }

    /** What was granted is spent or back; nothing waits for an impression. */
    boolean isSettled() {
        return outNanos() == spentNanos;
    }

    private Share with(long granted, long heardNow, long toldNow, GrantVerdict news) {
        return new Share(
                granted,
                wantedNanos,
                neededNanos,
                spentNanos,
                returnedNanos,
                reservedNanos,
                expiredNanos,
                heardNow,
                toldNow,
                news);
    }
}

package millrace.budget;

import millrace.money.Money;
import millrace.schemas.GrantVerdict;

/**
 * What one partition holds of one campaign's budget, for one budget day. Amounts are running totals in nanos of the currency unit.
 *
 * <pre>
 *                      granted (by the ledger, only rises)
 *   ├── spent ──┼── returned ──┼── reserved ──┼── available ──┤
 *     impressions  given back    served ads      free to take
 * </pre>
 *
 * Each part is 0 or more, always: an ad is only ever taken from what is available, so no decision can overspend.
 *
 * @param expiredNanos was reserved and is available again, because no impression came in time
 * @param unreported an amount changed since the last report
 */
public record Lease(
        String currency,
        long grantedNanos,
        long spentNanos,
        long returnedNanos,
        long reservedNanos,
        long expiredNanos,
        Said said,
        Heard heard,
        boolean unreported) {

    private static final int CURRENCY_LENGTH = 3;

    /** The last report: its number and the totals that it asked for. */
    public record Said(long sequence, long wantedNanos, long neededNanos) {}

    /** The newest grant: its number and what it said. */
    public record Heard(long sequence, GrantVerdict verdict) {}

    public Lease {
        if (currency.length() != CURRENCY_LENGTH) {
            throw new IllegalArgumentException("lease currency is '" + currency + "'; allowed is a code of ISO 4217");
        }
        if (spentNanos < 0
                || returnedNanos < 0
                || reservedNanos < 0
                || expiredNanos < 0
                || spentNanos > grantedNanos
                || returnedNanos > grantedNanos - spentNanos
                || reservedNanos > grantedNanos - spentNanos - returnedNanos) {
            throw new IllegalArgumentException("lease of " + grantedNanos + " nanos has spent " + spentNanos
                    + ", returned " + returnedNanos + ", reserved " + reservedNanos + ", expired " + expiredNanos
                    + "; each must be 0 or more, and the first three at most what was granted");
        }
    }

    /** A lease of nothing, of a campaign that nobody has spoken about. */
    public static Lease empty(String currency) {
        return new Lease(currency, 0, 0, 0, 0, 0, new Said(0, 0, 0), new Heard(0, GrantVerdict.GRANTED), false);
    }

    public long availableNanos() {
        return grantedNanos - takenNanos();
    }

    /** What is granted and no longer available; any total above it is wanted for the future. */
    public long takenNanos() {
        return Math.addExact(Math.addExact(spentNanos, returnedNanos), reservedNanos);
    }

    public boolean holds(Money cost) {
        return availableNanos() >= cost.nanos();
    }

    /** The ledger has nothing for it, until it says otherwise. */
    public boolean isEnded() {
        return switch (heard.verdict) {
            case GRANTED, LEASED_OUT -> false;
            case EXHAUSTED, PACED, REFUSED -> true;
        };
    }

    /** The same lease in another currency, when no money of the old one was ever in it. */
    public Lease denominated(String other) {
        if (grantedNanos > 0 || currency.equals(other)) {
            return this;
        }
        return new Lease(other, 0, 0, 0, 0, 0, said, new Heard(heard.sequence, GrantVerdict.GRANTED), unreported);
    }

    /** An ad was served. Only what is available can be taken. */
    Lease reserve(Money cost) {
        return with(grantedNanos, spentNanos, returnedNanos, Math.addExact(reservedNanos, cost.nanos()), expiredNanos);
    }

    /** Whether an impression of that cost can be paid: by what is reserved, or by what is available where a crash lost that. */
    boolean covers(Money cost) {
        return cost.nanos() - Math.min(cost.nanos(), reservedNanos) <= availableNanos();
    }

    /**
     * Its impression came. Under {@code at_least_once} a crash may have lost the reservation: then what is available is
     * taken. Only what it {@link #covers} can be spent.
     */
    Lease spend(Money cost) {
        long kept = Math.min(cost.nanos(), reservedNanos);
        long free = cost.nanos() - kept;
        return with(
                grantedNanos,
                Math.addExact(spentNanos, kept + free),
                returnedNanos,
                reservedNanos - kept,
                expiredNanos);
    }

    /** Its impression did not come in time: available again. */
    Lease release(Money cost) {
        long freed = Math.min(cost.nanos(), reservedNanos);
        long expired = Math.addExact(expiredNanos, freed);
        return with(grantedNanos, spentNanos, returnedNanos, reservedNanos - freed, expired);
    }

    /** Everything available goes back to the ledger. */
    Lease giveBack() {
        return with(
                grantedNanos, spentNanos, Math.addExact(returnedNanos, availableNanos()), reservedNanos, expiredNanos);
    }

    /**
     * Of a campaign without a budget a lease grants itself what it lacks, so that its spend is counted all the same. A
     * total that would not fit a long (9.2 billion currency units) is not granted.
     */
    Lease selfGranted(Money cost) {
        long missing = Math.max(0, cost.nanos() - availableNanos());
        return missing > Long.MAX_VALUE - grantedNanos
                ? this
                : with(grantedNanos + missing, spentNanos, returnedNanos, reservedNanos, expiredNanos);
    }

    Lease said(Said report) {
        return new Lease(
                currency, grantedNanos, spentNanos, returnedNanos, reservedNanos, expiredNanos, report, heard, false);
    }

    /** The total only rises and the newest word counts, so that a repeated or late grant changes nothing. */
    Lease heard(long sequence, long totalNanos, GrantVerdict verdict) {
        Heard newest = sequence > heard.sequence ? new Heard(sequence, verdict) : heard;
        long granted = Math.max(grantedNanos, totalNanos);
        return new Lease(
                currency, granted, spentNanos, returnedNanos, reservedNanos, expiredNanos, said, newest, unreported);
    }

    /** The first word of a ledger that began anew counts, whatever its number: the one before may have been forgotten. */
    Lease heardAnew(long sequence, long totalNanos, GrantVerdict verdict) {
        Heard first = new Heard(sequence, verdict);
        long granted = Math.max(grantedNanos, totalNanos);
        return new Lease(
                currency, granted, spentNanos, returnedNanos, reservedNanos, expiredNanos, said, first, unreported);
    }

    private Lease with(long granted, long spent, long returned, long reserved, long expired) {
        boolean same = granted == grantedNanos
                && spent == spentNanos
                && returned == returnedNanos
                && reserved == reservedNanos
                && expired == expiredNanos;
        return same ? this : new Lease(currency, granted, spent, returned, reserved, expired, said, heard, true);
    }
}

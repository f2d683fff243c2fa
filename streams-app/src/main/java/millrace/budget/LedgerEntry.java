package millrace.budget;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import millrace.money.Money;

/**
 * One campaign in the ledger: what the catalog said last, and the share of each partition.
 *
 * <p>In every step {@code out = spent + reserved + leased ≤ budget}, except after a cut, an adopted total or a change of
 * the catalog's mind, and then nothing is granted until it holds again.
 */
public record LedgerEntry(String currency, Funds funds, SortedMap<Integer, Share> shares) {

    public LedgerEntry {
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    static LedgerEntry begin(String currency, Funds funds) {
        return new LedgerEntry(currency, funds, new TreeMap<>());
    }

    /** What the leases have spent, as far as they have reported. */
    public Money spent() {
        return new Money(sum(Share::spentNanos));
    }

    /** What waits for its impression, as far as it was reported. */
    public Money reserved() {
        return new Money(sum(Share::reservedNanos));
    }

    /** What lies in the leases, or is on the way there. */
    public Money leased() {
        return new Money(sum(Share::heldNanos));
    }

    /** @throws ArithmeticException when it does not fit a long */
    public Money out() {
        return new Money(sum(Share::outNanos));
    }

    /**
     * Takes a report in. A repeated or overtaken one changes nothing and is not answered.
     *
     * @throws ArithmeticException when the amounts do not fit a long
     */
    Booking book(Report report, Funds current) {
        LedgerEntry entry = denominated(report.currency(), current);
        Share before = entry.share(report.partition());
        if (report.sequence() <= before.heard()) {
            return new Booking.Repeated();
        }
        if (!report.currency().equals(entry.currency)) {
            return Booking.wrongCurrency(entry, report);
        }
        return Allotment.answering(entry.with(report.partition(), before.reporting(report)), report);
    }

    Share share(int partition) {
        return shares.getOrDefault(partition, Share.NONE);
    }

    /** Looks at the catalog again: a budget was raised or cut, a campaign came, went, paused or resumed. */
    Booking.Booked recheck(Funds current) {
        return Allotment.unasked(new LedgerEntry(currency, current, shares));
    }

    LedgerEntry with(int partition, Share share) {
        TreeMap<Integer, Share> changed = new TreeMap<>(shares);
        changed.put(partition, share);
        return new LedgerEntry(currency, funds, changed);
    }

    /** A campaign may change its currency only before any money of the old one was out. */
    private LedgerEntry denominated(String reported, Funds current) {
        boolean untouched = shares.values().stream().allMatch(share -> share.grantedNanos() == 0);
        return new LedgerEntry(untouched ? reported : currency, current, shares);
    }

    private long sum(ToLongFunction<Share> amount) {
        long sum = 0;
        for (Share share : shares.values()) {
            sum = Math.addExact(sum, amount.applyAsLong(share));
        }
        return sum;
    }
}

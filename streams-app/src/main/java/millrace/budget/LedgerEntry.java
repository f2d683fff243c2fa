package millrace.budget;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import millrace.money.BudgetDay;
import millrace.money.Money;

/**
 * One campaign in the ledger: what the catalog said last, and the share of each lease.
 *
 * <p>In every step {@code out = spent + reserved + leased ≤ budget}, except after a cut, an adopted total or a change of
 * the catalog's mind, and then nothing is granted until it holds again.
 *
 * @param lines how many lines of the ledger it has written
 * @param closed days that are over and settled
 */
public record LedgerEntry(
        String currency, Funds funds, SortedMap<Holder, Share> shares, long lines, Pace pace, ClosedDays closed) {

    /**
     * Days whose shares were added up and forgotten.
     *
     * @param through the last of them; a report of that day or an earlier one is an old one repeated
     */
    record ClosedDays(BudgetDay through, long spentNanos) {
        /** A reservation lasts a day at most; some more for impressions that wait in their topic. */
        static final int AFTER_DAYS = 3;

        static final ClosedDays NONE = new ClosedDays(BudgetDay.NONE, 0);

        boolean contains(BudgetDay day) {
            return !day.isNone() && day.compareTo(through) <= 0;
        }
    }

    public LedgerEntry {
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    static LedgerEntry begin(String currency, Funds funds) {
        return new LedgerEntry(currency, funds, new TreeMap<>(), 0, Pace.FRESH, ClosedDays.NONE);
    }

    /** What the leases have spent, as far as they have reported. */
    public Money spent() {
        return new Money(total().spentNanos());
    }

    /** What waits for its impression, as far as it was reported. */
    public Money reserved() {
        return new Money(total().reservedNanos());
    }

    /** What lies in the leases, or is on the way there. */
    public Money leased() {
        return new Money(total().heldNanos());
    }

    /** @throws ArithmeticException when it does not fit a long */
    public Money out() {
        return new Money(total().outNanos());
    }

    private Balance total() {
        return new OpenEntry(this).total();
    }

    /**
     * Takes a report in. A repeated or overtaken one changes nothing, unless it tells of a grant that the ledger has forgotten, and is
     * not answered.
     *
     * @throws ArithmeticException when the amounts do not fit a long
     */
    Booking book(Report report, Funds current, Instant now, int catchUpPercent) {
        return take(report, current, (open, returned) -> {
            new Allotment(open, now, catchUpPercent).answer(report, returned);
            open.closeDays(now);
        });
    }

    /** Takes a report in while leases have not all said what they hold: nothing is granted, and they are called. */
    Booking hear(Report report, Funds current, Collection<Holder> call) {
        return take(report, current, (open, returned) -> call.forEach(open::call));
    }

    private Booking take(Report report, Funds current, ObjLongConsumer<OpenEntry> then) {
        if (closed.contains(report.day())) {
            return new Booking.Repeated();
        }
        OpenEntry open = new OpenEntry(this);
        Share share = share(report.holder());
        if (report.sequence() <= share.heard()) {
            if (report.grantedNanos() <= share.grantedNanos()
                    || !report.currency().equals(currency)) {
                return new Booking.Repeated();
            }
            open.adopt(report);
            return open.booked();
        }
        open.denominate(report.currency());
        open.terms(current);
        if (!report.currency().equals(open.currency())) {
            return Booking.wrongCurrency(open, report);
        }
        then.accept(open, open.report(report));
        return open.booked();
    }

    Share share(Holder holder) {
        return shares.getOrDefault(holder, Share.NONE);
    }

    /** Everybody who has reported, and this one. */
    Set<Holder> holders(Holder also) {
        Set<Holder> holders = new HashSet<>(shares.keySet());
        holders.add(also);
        return holders;
    }

    /** Whether the clock alone may change something: money falls due, or a day begins. */
    boolean isRestless(Instant now) {
        return funds instanceof Funds.Open open
                && shares.entrySet().stream().anyMatch(share -> switch (share.getValue()
                        .verdict()) {
                    case PACED -> true;
                    case REFUSED -> open.paysLater(share.getKey().day(), now);
                    case GRANTED ->
                        share.getValue().wantNanos() > 0
                                && open.schedule(share.getKey().day()).isPresent();
                    case LEASED_OUT, EXHAUSTED -> false;
                });
    }

    /** Looks at the catalog and the clock again: a campaign came, changed or went, a day began, something fell due. */
    Booking.Booked recheck(Funds current, Instant now, int catchUpPercent) {
        OpenEntry open = new OpenEntry(this);
        open.terms(current);
        new Allotment(open, now, catchUpPercent).review();
        open.closeDays(now);
        return open.booked();
    }

    /** Looks at the catalog while leases have not all said what they hold: nothing is granted, and they are called. */
    Booking.Booked call(Funds current, Collection<Holder> call) {
        OpenEntry open = new OpenEntry(this);
        open.terms(current);
        call.forEach(open::call);
        return open.booked();
    }
}

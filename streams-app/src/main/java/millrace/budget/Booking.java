package millrace.budget;

import java.util.List;
import millrace.schemas.EntryCause;
import millrace.schemas.GrantVerdict;

/** What became of a report. */
sealed interface Booking {

    /**
     * Taken in.
     *
     * @param tell those whose share is news to them, ascending
     * @param lines what was changed, and why
     */
    record Booked(LedgerEntry entry, List<Holder> tell, List<Line> lines) implements Booking {
        public Booked {
            tell = List.copyOf(tell);
            lines = List.copyOf(lines);
        }
    }

    /** Seen before, or overtaken by a newer one. */
    record Repeated() implements Booking {}

    /** Not to be believed; its amounts are in no entry. The lease is told that it is refused. */
    record Refused(String reason, Booked told) implements Booking {}

    static Refused wrongCurrency(OpenEntry entry, Report report) {
        Holder holder = report.holder();
        entry.put(holder, entry.share(holder).hearing(report.sequence()));
        entry.tell(holder, GrantVerdict.REFUSED);
        entry.note(EntryCause.REFUSE, holder);
        return new Refused(
                "currency is " + report.currency() + "; the money that is out is in " + entry.currency(),
                entry.booked());
    }
}

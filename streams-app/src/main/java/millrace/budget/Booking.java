package millrace.budget;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import millrace.schemas.GrantVerdict;

/** What became of a report. */
sealed interface Booking {

    /**
     * Taken in.
     *
     * @param tell partitions whose share is news to them, ascending
     */
    record Booked(LedgerEntry entry, List<Integer> tell) implements Booking {
        public Booked {
            tell = List.copyOf(tell);
        }

        static Booked of(LedgerEntry entry, Set<Integer> tell) {
            return new Booked(entry, List.copyOf(new TreeSet<>(tell)));
        }
    }

    /** Seen before, or overtaken by a newer one. */
    record Repeated() implements Booking {}

    /** Not to be believed; its amounts are in no entry. The lease is told that it is refused. */
    record Refused(String reason, Booked told) implements Booking {}

    static Refused wrongCurrency(LedgerEntry entry, Report report) {
        Share share = entry.share(report.partition());
        LedgerEntry refusing =
                entry.with(report.partition(), share.hearing(report.sequence()).telling(GrantVerdict.REFUSED));
        return new Refused(
                "currency is " + report.currency() + "; the money that is out is in " + entry.currency(),
                new Booked(refusing, List.of(report.partition())));
    }
}

package millrace.budget;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import millrace.schemas.GrantVerdict;

/**
 * Who gets how much of what is left of one campaign's budget.
 *
 * <ol>
 *   <li><b>Need first.</b> Decisions that wait get their cost, smallest need first, each at most its even share of what
 *       is left, but one impression at least (max-min fairness).
 *   <li><b>Then foresight.</b> The lease that asks gets what it wants ahead, at most {@code left / (2 × active
 *       leases)}. Where that is less than one impression, it gets nothing: the last impressions go only to decisions
 *       that wait, so that none lies idle in a lease while another partition could serve it.
 *   <li><b>Then news.</b> Every lease whose verdict changed is told. {@code LEASED_OUT} calls back what it does not use.
 * </ol>
 */
final class Allotment {
    private static final int NOBODY = -1;

    private final LedgerEntry entry;
    private final SortedMap<Integer, Share> shares;
    private final TreeSet<Integer> tell = new TreeSet<>();
    private final long unit;
    private long left;

    private Allotment(LedgerEntry entry) {
        this.entry = entry;
        this.shares = new TreeMap<>(entry.shares());
        this.unit = entry.funds().unit().nanos();
        this.left = entry.funds().limit().minus(entry.out()).nanos();
    }

    /** Books a report that is already in the entry. An ask is always answered, also when nothing changed. */
    static Booking.Booked answering(LedgerEntry entry, Report report) {
        return new Allotment(entry).run(report.partition(), report.asks());
    }

    static Booking.Booked unasked(LedgerEntry entry) {
        return new Allotment(entry).run(NOBODY, false);
    }

    private Booking.Booked run(int reporter, boolean asks) {
        boolean open = entry.funds().pays(entry.currency());
        if (open) {
            serveNeeds();
            foresee(reporter);
        }
        news(open);
        if (asks && !tell.contains(reporter)) {
            tell(reporter, share(reporter).verdict());
        }
        return Booking.Booked.of(new LedgerEntry(entry.currency(), entry.funds(), shares), tell);
    }

    private void serveNeeds() {
        List<Integer> needy = shares.entrySet().stream()
                .filter(share -> share.getValue().needNanos() > 0)
                .sorted(Comparator.comparingLong(share -> share.getValue().needNanos()))
                .map(Map.Entry::getKey)
                .toList();
        for (int i = 0; i < needy.size(); i++) {
            long even = left / (needy.size() - i);
            long need = share(needy.get(i)).needNanos();
            long wholeAds = Math.max(even - even % unit, left >= unit ? unit : 0);
            grant(needy.get(i), need <= even ? need : Math.min(need, wholeAds));
        }
    }

    private void foresee(int reporter) {
        if (reporter == NOBODY) {
            return;
        }
        long active = shares.values().stream().filter(Share::isActive).count();
        long part = left / (2 * Math.max(1, active));
        long want = share(reporter).wantNanos();
        if (part >= unit) {
            grant(reporter, want <= part ? want : part - part % unit);
        }
    }

    private void grant(int partition, long nanos) {
        Share share = share(partition);
        long more = Math.min(nanos, Long.MAX_VALUE - share.grantedNanos());
        if (more > 0) {
            left -= more;
            shares.put(partition, share.granted(more));
            tell.add(partition);
        }
    }

    private void news(boolean open) {
        long held = open ? shares.values().stream().mapToLong(Share::heldNanos).sum() : 0;
        long needy =
                shares.values().stream().filter(share -> share.needNanos() > 0).count();
        for (Integer partition : entry.shares().keySet()) {
            GrantVerdict verdict = open ? verdict(share(partition), held, needy) : GrantVerdict.REFUSED;
            if (!tell.contains(partition) && verdict != share(partition).verdict()) {
                tell(partition, verdict);
            }
        }
    }

    private GrantVerdict verdict(Share share, long held, long needy) {
        if (left >= unit) {
            return GrantVerdict.GRANTED;
        }
        if (left + held < unit) {
            return GrantVerdict.EXHAUSTED;
        }
        boolean othersNeed = needy > (share.needNanos() > 0 ? 1 : 0);
        return left >= 0 && share.heldNanos() > 0 && !othersNeed ? GrantVerdict.GRANTED : GrantVerdict.LEASED_OUT;
    }

    private void tell(int partition, GrantVerdict verdict) {
        shares.put(partition, share(partition).telling(verdict));
        tell.add(partition);
    }

    private Share share(int partition) {
        return shares.getOrDefault(partition, Share.NONE);
    }
}

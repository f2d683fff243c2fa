package millrace.budget;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.EntryCause;
import millrace.schemas.GrantVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Who gets how much of what is left of one campaign's budget.
 *
 * <ol>
 *   <li><b>Need first.</b> Decisions that wait get their cost, smallest need first, each at most its even share of what
 *       is due, but one impression at least (max-min fairness).
 *   <li><b>Then foresight.</b> The lease that asks gets what it wants ahead, at most {@code left / (2 × active
 *       leases)}. Where that is less than one impression, it gets nothing: the last impressions go only to decisions
 *       that wait, so that none lies idle in a lease while another partition could serve it. What even pacing has due is
 *       shared among all that want some, as it falls due.
 *   <li><b>Then news.</b> Every lease whose verdict changed is told. {@code LEASED_OUT} and {@code REFUSED} call back what
 *       it does not use.
 * </ol>
 */
final class Allotment {
    private final OpenEntry entry;
    private final Instant now;
    private final int catchUpPercent;

    Allotment(OpenEntry entry, Instant now, int catchUpPercent) {
        this.entry = entry;
        this.now = now;
        this.catchUpPercent = catchUpPercent;
    }

    /**
     * A report that is already in the entry. An ask is always answered, also when nothing changed.
     *
     * @param returned what came back with it, in nanos
     */
    void answer(Report report, long returned) {
        if (returned > 0 && entry.funds() instanceof Funds.Open open) {
            open.schedule(report.day())
                    .ifPresent(even -> entry.pace(entry.pace()
                            .returned(new Money(returned), even, Headroom.bucket(open, report.day()), catchUpPercent)));
        }
        entry.days().forEach(day -> allot(day, report.day().equals(day) ? report.holder() : null));
        if (report.asks() && !entry.tells(report.holder())) {
            entry.tell(report.holder(), entry.share(report.holder()).verdict());
        }
    }

    /** Nobody asked, but the catalog or the clock may have changed something. */
    void review() {
        entry.days().forEach(day -> allot(day, null));
    }

    private void allot(BudgetDay day, @Nullable Holder asker) {
        if (entry.funds() instanceof Funds.Open open
                && open.currency().equals(entry.currency())
                && open.pays(day, now)) {
            new Day(open, day, asker).run();
        } else {
            holders(day).forEach(holder -> news(holder, GrantVerdict.REFUSED));
        }
    }

    private List<Holder> holders(BudgetDay day) {
        return List.copyOf(entry.sharesOf(day).keySet());
    }

    private void news(Holder holder, GrantVerdict verdict) {
        Share share = entry.share(holder);
        if (entry.tells(holder) || verdict != share.verdict()) {
            boolean recalls = verdict == GrantVerdict.LEASED_OUT || verdict == GrantVerdict.REFUSED;
            if (recalls && verdict != share.verdict() && share.heldNanos() > 0) {
                entry.note(EntryCause.RECALL, holder);
            }
            entry.tell(holder, verdict);
        }
    }

    /** One budget day that pays now. */
    private final class Day {
        private final Funds.Open funds;
        private final BudgetDay day;
        private final @Nullable Holder asker;
        private final Optional<Schedule> schedule;
        private final long unit;
        private Headroom room;

        private Day(Funds.Open funds, BudgetDay day, @Nullable Holder asker) {
            this.funds = funds;
            this.day = day;
            this.asker = asker;
            this.schedule = funds.schedule(day);
            this.unit = funds.unit().nanos();
            this.room = Headroom.of(entry, funds, day, now, catchUpPercent);
        }

        private void run() {
            shareOut(Share::needNanos);
            long part = room.leftNanos() / (2 * Math.max(1, active()));
            if (part >= unit && schedule.isPresent()) {
                shareOut(Share::wantNanos);
            } else if (part >= unit && asker != null) {
                long want = entry.share(asker).wantNanos();
                grant(asker, want <= part ? want : part - part % unit);
            }
            long needy = shares().filter(share -> share.needNanos() > 0).count();
            holders(day).forEach(holder -> news(holder, verdict(entry.share(holder), entry.tells(holder), needy)));
        }

        private Stream<Share> shares() {
            return entry.sharesOf(day).values().stream();
        }

        private long active() {
            return shares().filter(Share::isActive).count();
        }

        private void shareOut(ToLongFunction<Share> amount) {
            // Of two that lack the same, the one that has had less, so that what comes in small parts goes round.
            List<Holder> lacking = entry.sharesOf(day).entrySet().stream()
                    .filter(share -> amount.applyAsLong(share.getValue()) > 0)
                    .sorted(Comparator.comparingLong((Map.Entry<Holder, Share> share) ->
                                    schedule.isPresent() ? 0 : amount.applyAsLong(share.getValue()))
                            .thenComparingLong(share -> share.getValue().grantedNanos()))
                    .map(Map.Entry::getKey)
                    .toList();
            for (int i = 0; i < lacking.size(); i++) {
                long even = room.dueNanos() / (lacking.size() - i);
                long lacks = amount.applyAsLong(entry.share(lacking.get(i)));
                long wholeAds = Math.max(even - even % unit, room.dueNanos() >= unit ? unit : 0);
                grant(lacking.get(i), lacks <= even ? lacks : Math.min(lacks, wholeAds));
            }
        }

        private void grant(Holder holder, long nanos) {
            long more = Math.min(nanos, Long.MAX_VALUE - entry.share(holder).grantedNanos());
            if (more <= 0) {
                return;
            }
            entry.grant(holder.equals(asker) ? EntryCause.GRANT : EntryCause.PUSH, holder, more);
            schedule.ifPresent(even -> entry.pace(
                    entry.pace().granted(new Money(more), even, Headroom.bucket(funds, day), now, catchUpPercent)));
            room = Headroom.of(entry, funds, day, now, catchUpPercent);
        }

        private GrantVerdict verdict(Share share, boolean granted, long needy) {
            if (room.dueNanos() >= unit) {
                return GrantVerdict.GRANTED;
            }
            if (room.leftNanos() >= unit) {
                return GrantVerdict.PACED;
            }
            if (room.potentialNanos() < unit) {
                return granted ? GrantVerdict.GRANTED : GrantVerdict.EXHAUSTED;
            }
            boolean othersNeed = needy > (share.needNanos() > 0 ? 1 : 0);
            boolean keeps = room.leftNanos() >= 0 && share.heldNanos() > 0 && !othersNeed;
            return granted || keeps ? GrantVerdict.GRANTED : GrantVerdict.LEASED_OUT;
        }
    }
}

package millrace.budget;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import millrace.budget.LedgerEntry.ClosedDays;
import millrace.money.BudgetDay;
import millrace.schemas.EntryCause;
import millrace.schemas.GrantVerdict;

/** A {@link LedgerEntry} while it is being changed: every change of money is written down as a {@link Line} with its cause. */
final class OpenEntry {
    private final NavigableMap<Holder, Share> shares;
    private final NavigableSet<Holder> tell = new TreeSet<>();
    private final List<Line> lines = new ArrayList<>();
    private String currency;
    private Funds funds;
    private long written;
    private Pace pace;
    private ClosedDays closed;

    OpenEntry(LedgerEntry entry) {
        this.shares = new TreeMap<>(entry.shares());
        this.currency = entry.currency();
        this.funds = entry.funds();
        this.written = entry.lines();
        this.pace = entry.pace();
        this.closed = entry.closed();
    }

    Booking.Booked booked() {
        return new Booking.Booked(
                new LedgerEntry(currency, funds, shares, written, pace, closed), List.copyOf(tell), lines);
    }

    String currency() {
        return currency;
    }

    Funds funds() {
        return funds;
    }

    Pace pace() {
        return pace;
    }

    void pace(Pace next) {
        pace = next;
    }

    Share share(Holder holder) {
        return shares.getOrDefault(holder, Share.NONE);
    }

    /** All days together. */
    Balance total() {
        Balance sum = Balance.ZERO.plusSettled(closed.spentNanos());
        for (Share share : shares.values()) {
            sum = sum.plus(share);
        }
        return sum;
    }

    Balance of(BudgetDay day) {
        Balance sum = Balance.ZERO;
        for (Share share : sharesOf(day).values()) {
            sum = sum.plus(share);
        }
        return sum;
    }

    /** The shares of one day, as they stand. */
    NavigableMap<Holder, Share> sharesOf(BudgetDay day) {
        return shares.subMap(new Holder(day, Integer.MIN_VALUE), true, new Holder(day, Integer.MAX_VALUE), true);
    }

    List<BudgetDay> days() {
        return shares.keySet().stream().map(Holder::day).distinct().toList();
    }

    /** A campaign may change its currency only before any money of the old one was out. */
    void denominate(String reported) {
        if (closed.spentNanos() == 0 && shares.values().stream().allMatch(share -> share.grantedNanos() == 0)) {
            currency = reported;
        }
    }

    /** What the catalog says now. */
    void terms(Funds current) {
        EntryCause cause = written == 0 ? EntryCause.OPEN : Terms.change(funds, current);
        boolean news = written == 0 || !funds.equals(current);
        funds = current;
        if (news) {
            line(cause, Optional.empty(), BudgetDay.NONE, Line.Movement.NONE);
        }
    }

    /** What a report says was granted is out, however old the report is. */
    void adopt(Report report) {
        change(EntryCause.ADOPT, report.holder(), share -> share.adopting(report.grantedNanos()));
    }

    /** @return what it gave back with this report, in nanos */
    long report(Report report) {
        Holder holder = report.holder();
        if (!holder.day().isNone() && sharesOf(holder.day()).isEmpty()) {
            line(EntryCause.DAY, Optional.empty(), holder.day(), Line.Movement.NONE);
        }
        adopt(report);
        long returnedBefore = share(holder).returnedNanos();
        change(EntryCause.REPORT, holder, share -> share.reporting(report));
        return Math.max(0, Math.subtractExact(report.returnedNanos(), returnedBefore));
    }

    void grant(EntryCause cause, Holder holder, long nanos) {
        change(cause, holder, share -> share.granted(nanos));
        tell.add(holder);
    }

    /** Tells it once more what it was told. */
    void call(Holder holder) {
        tell(holder, share(holder).verdict());
    }

    void tell(Holder holder, GrantVerdict verdict) {
        put(holder, share(holder).telling(verdict));
        tell.add(holder);
    }

    boolean tells(Holder holder) {
        return tell.contains(holder);
    }

    void put(Holder holder, Share share) {
        shares.put(holder, share);
    }

    /** A line that moves nothing. */
    void note(EntryCause cause, Holder holder) {
        line(cause, Optional.of(holder.partition()), holder.day(), Line.Movement.NONE);
    }

    private void change(EntryCause cause, Holder holder, UnaryOperator<Share> change) {
        Share before = share(holder);
        Share after = change.apply(before);
        put(holder, after);
        Line.Movement movement = Line.Movement.between(before, after);
        if (!movement.equals(Line.Movement.NONE)) {
            line(cause, Optional.of(holder.partition()), holder.day(), movement);
        }
    }

    /** Days that are long over, from the oldest up to one that is not settled, become one sum. */
    void closeDays(Instant now) {
        int newest = BudgetDay.at(now, ZoneOffset.UTC).number() - ClosedDays.AFTER_DAYS;
        for (BudgetDay day : days()) {
            NavigableMap<Holder, Share> of = sharesOf(day);
            if (day.isNone()) {
                continue;
            }
            if (day.number() >= newest || !of.values().stream().allMatch(Share::isSettled)) {
                return;
            }
            long spent = of(day).spentNanos();
            line(EntryCause.CLOSE_DAY, Optional.empty(), day, Line.Movement.NONE);
            List.copyOf(of.keySet()).forEach(shares::remove);
            closed = new ClosedDays(day, Math.addExact(closed.spentNanos(), spent));
        }
    }

    private void line(EntryCause cause, Optional<Integer> partition, BudgetDay day, Line.Movement movement) {
        written++;
        lines.add(new Line(written, cause, partition, day, movement, funds, total(), of(day)));
    }
}

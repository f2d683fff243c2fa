package millrace.audit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import millrace.audit.Difference.Kind;
import millrace.schemas.BudgetBalance;
import millrace.schemas.BudgetEntry;
import millrace.schemas.EntryCause;

/**
 * What was spent as budget-ledger tells it: each campaign's entries are followed from the first, each balance is compared with
 * the movements up to it, and each grant with the budget.
 */
final class SpendFromLedger {
    private static final Set<EntryCause> GRANTS = EnumSet.of(EntryCause.GRANT, EntryCause.PUSH);

    /** Money of one campaign or one of its days, added up from movements. In nanos. */
    record Sums(long spentNanos, long reservedNanos, long leasedNanos) {
        static final Sums ZERO = new Sums(0, 0, 0);

        private Sums plus(BudgetEntry entry) {
            long settled = Math.addExact(entry.getSpentNanos(), entry.getExpiredNanos());
            long taken = Math.subtractExact(entry.getReservedNanos(), entry.getExpiredNanos());
            long moved = Math.subtractExact(entry.getGrantedNanos(), entry.getReturnedNanos());
            return new Sums(
                    Math.addExact(spentNanos, entry.getSpentNanos()),
                    Math.addExact(reservedNanos, Math.subtractExact(entry.getReservedNanos(), settled)),
                    Math.addExact(leasedNanos, Math.subtractExact(moved, taken)));
        }

        private boolean is(BudgetBalance balance) {
            return spentNanos == balance.getSpentNanos()
                    && reservedNanos == balance.getReservedNanos()
                    && leasedNanos == balance.getLeasedNanos();
        }

        private static Sums of(BudgetBalance balance) {
            return new Sums(balance.getSpentNanos(), balance.getReservedNanos(), balance.getLeasedNanos());
        }

        long outNanos() {
            return Math.addExact(Math.addExact(spentNanos, reservedNanos), leasedNanos);
        }
    }

    /** How far a campaign's entries were followed. */
    private record Followed(long number, Sums sums) {}

    private final Map<String, Followed> campaigns = new HashMap<>();
    private final SortedMap<Subject, Sums> days = new TreeMap<>();
    private final SortedMap<Subject, BudgetBalance> newest = new TreeMap<>();
    private final Set<String> cutOff = new TreeSet<>();
    private final List<Difference> differences = new ArrayList<>();

    /** @throws ArithmeticException when a sum does not fit a long */
    void entry(BudgetEntry entry) {
        Subject subject = new Subject(entry.getCampaign(), entry.getBudgetDay());
        Followed before = campaigns.get(entry.getCampaign());
        if (before == null && entry.getNumber() != 1) {
            begunBefore(entry);
            return;
        }
        long expected = before == null ? 1 : before.number() + 1;
        if (entry.getNumber() != expected) {
            add(subject, Kind.ENTRY_MISSING, "entry " + entry.getNumber() + " follows " + (expected - 1));
        }
        Sums sums = (before == null ? Sums.ZERO : before.sums()).plus(entry);
        campaigns.put(entry.getCampaign(), new Followed(entry.getNumber(), sums));
        if (entry.getPartition() != null) {
            days.put(subject, days.getOrDefault(subject, Sums.ZERO).plus(entry));
        }
        compare(subject, entry, sums);
        newest.put(subject, Optional.ofNullable(entry.getDay()).orElse(entry.getTotal()));
    }

    /** Its first entries were deleted with time: it is followed from here, and its days cannot be told apart. */
    private void begunBefore(BudgetEntry entry) {
        cutOff.add(entry.getCampaign());
        campaigns.put(entry.getCampaign(), new Followed(entry.getNumber(), Sums.of(entry.getTotal())));
        newest.put(new Subject(entry.getCampaign(), 0), entry.getTotal());
    }

    private void compare(Subject subject, BudgetEntry entry, Sums sums) {
        if (!sums.is(entry.getTotal())) {
            add(
                    subject,
                    Kind.BALANCE,
                    "entry " + entry.getNumber() + " says " + entry.getTotal() + "; its movements add up to " + sums);
        }
        BudgetBalance day = entry.getDay();
        Sums ofDay = days.getOrDefault(subject, Sums.ZERO);
        if (day != null && !cutOff.contains(entry.getCampaign()) && !ofDay.is(day)) {
            add(
                    subject,
                    Kind.BALANCE,
                    "entry " + entry.getNumber() + " says " + day + " for its day; the movements add up to " + ofDay);
        }
        if (GRANTS.contains(entry.getCause())) {
            within(subject, entry, entry.getTotal());
            Optional.ofNullable(day).ifPresent(balance -> within(subject, entry, balance));
        }
    }

    private void within(Subject subject, BudgetEntry entry, BudgetBalance balance) {
        Long limit = balance.getLimitNanos();
        if (limit != null && Sums.of(balance).outNanos() > limit) {
            add(subject, Kind.GRANTED_BEYOND, "entry " + entry.getNumber() + " leaves " + balance);
        }
    }

    private void add(Subject subject, Kind kind, String what) {
        differences.add(new Difference(subject, kind, what));
    }

    /** By campaign and day; a campaign that {@link #isCutOff} is not told apart by day. */
    Optional<Sums> sums(Subject subject) {
        return Optional.ofNullable(days.get(subject));
    }

    SortedMap<Subject, Sums> sums() {
        return new TreeMap<>(days);
    }

    /** Whether its first entries are not on the topic any more. */
    boolean isCutOff(String campaign) {
        return cutOff.contains(campaign);
    }

    /** The budget, as its newest entry says it. */
    Optional<Long> limit(Subject subject) {
        return Optional.ofNullable(newest.get(subject)).map(BudgetBalance::getLimitNanos);
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }
}

package millrace.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import millrace.audit.Difference.Kind;
import millrace.schemas.BudgetEntry;
import millrace.schemas.Impression;
import millrace.schemas.ServedAd;

/**
 * Compares what was spent by the impressions with what the ledger says, per campaign and budget day. Knows only the records: its
 * arithmetic is its own.
 *
 * <p>The ledger hears of an impression about a second later. So while a pipeline runs, the ledger's sum must in the end lie between
 * that of the impressions when the audit began and that of the impressions that were read after the ledger; when nothing moves the
 * three are equal.
 */
public final class Audit {
    private final SpendFromTopics topics = new SpendFromTopics();
    private final SpendFromLedger ledger = new SpendFromLedger();
    private SortedMap<Subject, SpendFromTopics.Sums> atBegin = new TreeMap<>();
    private SortedMap<Subject, SpendFromTopics.Sums> after = new TreeMap<>();

    /**
     * One campaign on one day. Amounts in nanos of the currency unit.
     *
     * @param ledgerNanos spent as the ledger has it; absent when its first entries were deleted with time
     * @param agrees false when the two differ
     */
    public record Account(
            Subject subject,
            String currency,
            long served,
            long billed,
            long spentNanos,
            Optional<Long> ledgerNanos,
            long reservedNanos,
            long leasedNanos,
            Optional<Long> limitNanos,
            boolean agrees) {}

    /** What came of it: it adds up when there are no differences. */
    public record Result(List<Account> accounts, List<Difference> differences) {
        public Result {
            accounts = List.copyOf(accounts);
            differences = List.copyOf(differences);
        }

        public boolean addsUp() {
            return differences.isEmpty();
        }
    }

    public void served(ServedAd ad) {
        topics.served(ad);
    }

    public void shown(Impression impression) {
        topics.shown(impression);
    }

    public void entry(BudgetEntry entry) {
        ledger.entry(entry);
    }

    /** Impressions were read to where they ended when the audit began: what the ledger has to know of. */
    public void begun() {
        atBegin = topics.sums();
        after = atBegin;
    }

    /** Impressions were read to their end, after the ledger was. */
    public void caughtUp() {
        after = topics.sums();
    }

    public Result result() {
        List<Account> accounts = new ArrayList<>();
        List<Difference> differences = new ArrayList<>(topics.differences());
        differences.addAll(ledger.differences());
        SortedSet<Subject> subjects = new TreeSet<>(after.keySet());
        subjects.addAll(ledger.sums().keySet());
        for (Subject subject : subjects) {
            Account account = account(subject);
            accounts.add(account);
            if (!account.agrees()) {
                differences.add(new Difference(
                        subject,
                        Kind.SPENT,
                        "the ledger has spent " + account.ledgerNanos().orElse(0L)
                                + " nanos; the impressions add up to " + account.spentNanos()));
            }
        }
        return new Result(accounts, differences);
    }

    private Account account(Subject subject) {
        SpendFromTopics.Sums nothing = new SpendFromTopics.Sums("", 0, 0, 0, 0);
        SpendFromTopics.Sums now = after.getOrDefault(subject, nothing);
        SpendFromLedger.Sums booked = ledger.sums(subject).orElse(new SpendFromLedger.Sums(0, 0, 0));
        boolean cutOff = ledger.isCutOff(subject.campaign());
        long least = atBegin.getOrDefault(subject, nothing).spentNanos();
        boolean agrees = cutOff || (least <= booked.spentNanos() && booked.spentNanos() <= now.spentNanos());
        return new Account(
                subject,
                now.currency(),
                now.served(),
                now.billed(),
                now.spentNanos(),
                cutOff ? Optional.empty() : Optional.of(booked.spentNanos()),
                booked.reservedNanos(),
                booked.leasedNanos(),
                ledger.limit(subject),
                agrees);
    }
}

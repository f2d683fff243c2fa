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
    private final boolean forgetful;
    private final SpendFromTopics topics;
    private final SpendFromLedger ledger = new SpendFromLedger();
    private final EntriesAnew anew = new EntriesAnew();
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

    /**
     * What came of it: it adds up when there are no differences.
     *
     * @param takenBack entries of the ledger that it wrote anew after a crash; 0 where nothing is forgotten
     */
    public record Result(List<Account> accounts, List<Difference> differences, long takenBack) {
        public Result {
            accounts = List.copyOf(accounts);
            differences = List.copyOf(differences);
        }

        public boolean addsUp() {
            return differences.isEmpty();
        }
    }

    public Audit() {
        this(false);
    }

    /**
     * @param forgetful what {@code at_least_once} may do is no difference: an impression that is recorded again counts once, and a ledger
     *     goes on from an earlier entry
     */
    public Audit(boolean forgetful) {
        this.forgetful = forgetful;
        this.topics = new SpendFromTopics(forgetful);
    }

    public void served(ServedAd ad) {
        topics.served(ad);
    }

    public void shown(Impression impression) {
        topics.shown(impression);
    }

    public void entry(BudgetEntry entry) {
        if (forgetful) {
            anew.entry(entry);
        } else {
            ledger.entry(entry);
        }
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
        SpendFromLedger said = forgetful ? anew.followed() : ledger;
        List<Account> accounts = new ArrayList<>();
        List<Difference> differences = new ArrayList<>(topics.differences());
        differences.addAll(said.differences());
        SortedSet<Subject> subjects = new TreeSet<>(after.keySet());
        subjects.addAll(said.sums().keySet());
        for (Subject subject : subjects) {
            Account account = account(subject, said);
            accounts.add(account);
            if (!account.agrees()) {
                differences.add(new Difference(
                        subject,
                        Kind.SPENT,
                        "the ledger has spent " + account.ledgerNanos().orElse(0L)
                                + " nanos; the impressions add up to " + account.spentNanos()));
            }
        }
        return new Result(accounts, differences, anew.takenBack());
    }

    private Account account(Subject subject, SpendFromLedger said) {
        SpendFromTopics.Sums nothing = new SpendFromTopics.Sums("", 0, 0, 0, 0);
        SpendFromTopics.Sums now = after.getOrDefault(subject, nothing);
        SpendFromLedger.Sums booked = said.sums(subject).orElse(new SpendFromLedger.Sums(0, 0, 0));
        boolean cutOff = said.isCutOff(subject.campaign());
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
                said.limit(subject),
                agrees);
    }
}

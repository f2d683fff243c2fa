package millrace.audit;

import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import millrace.schemas.BudgetEntry;

/**
 * Entries of a ledger that a crash may set back, as under {@code at_least_once}: it goes on from an earlier entry then, and what it had
 * written beyond that is as if it were not.
 */
final class EntriesAnew {
    private final SortedMap<String, NavigableMap<Long, BudgetEntry>> campaigns = new TreeMap<>();
    private long takenBack;

    void entry(BudgetEntry entry) {
        NavigableMap<Long, BudgetEntry> written =
                campaigns.computeIfAbsent(entry.getCampaign(), campaign -> new TreeMap<>());
        SortedMap<Long, BudgetEntry> beyond = written.tailMap(entry.getNumber(), true);
        takenBack += beyond.size();
        beyond.clear();
        written.put(entry.getNumber(), entry);
    }

    /** How many entries were written anew. */
    long takenBack() {
        return takenBack;
    }

    SpendFromLedger followed() {
        SpendFromLedger ledger = new SpendFromLedger();
        campaigns.values().forEach(written -> written.values().forEach(ledger::entry));
        return ledger;
    }
}

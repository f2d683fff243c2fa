package millrace.budget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.Campaign;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The leases of one partition: the store, and in front of it those in use. Every change of money is written through. */
final class Leases {
    /** So a campaign that is asked for at least once a week leaves nothing behind. */
    private static final int SWEPT_DAYS = 7;

    private final KeyValueStore<String, Lease> store;
    private final BudgetSettings settings;
    private final Map<LeaseKey, LiveLease> live = new LinkedHashMap<>();

    /** Reads the whole store once, to find what holds money or owes the ledger a report, and forgets what is long settled. */
    Leases(KeyValueStore<String, Lease> store, BudgetSettings settings, Instant now) {
        this.store = store;
        this.settings = settings;
        List<String> forgotten = new ArrayList<>();
        try (KeyValueIterator<String, Lease> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, Lease> row = all.next();
                LeaseKey key = LeaseKey.parse(row.key);
                LiveLease found = new LiveLease(row.value, settings, now);
                if (!found.settled()) {
                    live.put(key, found);
                } else if (key.isPast(now)) {
                    forgotten.add(row.key);
                }
            }
        }
        forgotten.forEach(store::delete);
    }

    /** The one that pays now. Begins an empty one when there is none, in the campaign's currency as long as no money of another is in it. */
    LiveLease of(Campaign campaign, Instant now) {
        LeaseKey key = LeaseKey.of(campaign, now);
        LiveLease lease = known(key, now).orElseGet(() -> begin(key, campaign, now));
        lease.become(lease.lease().denominated(campaign.currency()));
        return lease;
    }

    Optional<LiveLease> known(LeaseKey key, Instant now) {
        LiveLease inUse = live.get(key);
        if (inUse == null) {
            Lease stored = store.get(key.text());
            if (stored == null) {
                return Optional.empty();
            }
            inUse = new LiveLease(stored, settings, now);
            live.put(key, inUse);
        }
        inUse.seen(now);
        return Optional.of(inUse);
    }

    void write(LeaseKey key, LiveLease lease, Lease next) {
        lease.become(next);
        store.put(key.text(), next);
    }

    /** Those in use; removing one leaves it in the store. */
    Iterator<Map.Entry<LeaseKey, LiveLease>> inUse() {
        return live.entrySet().iterator();
    }

    LeaseCount count() {
        int holding = 0;
        for (LiveLease lease : live.values()) {
            holding += lease.lease().availableNanos() > 0 ? 1 : 0;
        }
        return new LeaseCount(holding, live.size() - holding);
    }

    private LiveLease begin(LeaseKey key, Campaign campaign, Instant now) {
        if (!key.day().isNone()) {
            forgetBefore(key, now);
        }
        LiveLease lease = new LiveLease(Lease.empty(campaign.currency()), settings, now);
        live.put(key, lease);
        return lease;
    }

    /** Each new day of a campaign takes its old ones out of the store, so that they do not pile up. */
    private void forgetBefore(LeaseKey today, Instant now) {
        for (int days = LeaseKey.DAYS_KEPT + 1; days <= LeaseKey.DAYS_KEPT + SWEPT_DAYS; days++) {
            LeaseKey old = today.daysBefore(days);
            Lease stored = live.containsKey(old) ? null : store.get(old.text());
            if (stored != null && old.isPast(now) && new LiveLease(stored, settings, now).settled()) {
                store.delete(old.text());
            }
        }
    }
}

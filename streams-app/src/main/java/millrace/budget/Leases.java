package millrace.budget;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.Campaign;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The leases of one partition: the store, and in front of it those in use. Every change of money is written through. */
final class Leases {
    private final KeyValueStore<String, Lease> store;
    private final BudgetSettings settings;
    private final Map<String, LiveLease> live = new LinkedHashMap<>();

    /** Reads the whole store once, to find what holds money or owes the ledger a report. */
    Leases(KeyValueStore<String, Lease> store, BudgetSettings settings, Instant now) {
        this.store = store;
        this.settings = settings;
        try (KeyValueIterator<String, Lease> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, Lease> row = all.next();
                LiveLease found = new LiveLease(row.value, settings, now);
                if (!found.settled()) {
                    live.put(row.key, found);
                }
            }
        }
    }

    /** Begins an empty one when there is none, in the campaign's currency as long as no money of another is in it. */
    LiveLease of(Campaign campaign, Instant now) {
        LiveLease lease = known(campaign.id(), now).orElseGet(() -> begin(campaign, now));
        lease.become(lease.lease().denominated(campaign.currency()));
        return lease;
    }

    Optional<LiveLease> known(String campaign, Instant now) {
        LiveLease inUse = live.get(campaign);
        if (inUse == null) {
            Lease stored = store.get(campaign);
            if (stored == null) {
                return Optional.empty();
            }
            inUse = new LiveLease(stored, settings, now);
            live.put(campaign, inUse);
        }
        inUse.seen(now);
        return Optional.of(inUse);
    }

    void write(String campaign, LiveLease lease, Lease next) {
        lease.become(next);
        store.put(campaign, next);
    }

    /** Those in use; removing one leaves it in the store. */
    Iterator<Map.Entry<String, LiveLease>> inUse() {
        return live.entrySet().iterator();
    }

    private LiveLease begin(Campaign campaign, Instant now) {
        LiveLease lease = new LiveLease(Lease.empty(campaign.currency()), settings, now);
        live.put(campaign.id(), lease);
        return lease;
    }
}

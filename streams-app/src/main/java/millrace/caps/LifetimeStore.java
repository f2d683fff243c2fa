package millrace.caps;

import java.util.function.Supplier;
import millrace.catalog.LifetimeInterest;
import millrace.schemas.CapScope;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts for ever what lifetime rules ask for. Key = user key, value = {@link LifetimeCounts}. Written together with the exposure
 * that it counts, and only when that one is new or gone, so it is as safe to repeat.
 */
final class LifetimeStore {
    private final KeyValueStore<String, byte[]> store;
    private final Supplier<LifetimeInterest> interest;

    LifetimeStore(KeyValueStore<String, byte[]> store, Supplier<LifetimeInterest> interest) {
        this.store = store;
        this.interest = interest;
    }

    LifetimeInterest interest() {
        return interest.get();
    }

    /** @return the exposure, with what it was counted under */
    Exposure counted(String userKey, Exposure exposure) throws UnreadableSlot {
        LifetimeInterest asked = interest.get();
        if (asked.isNone()) {
            return exposure;
        }
        int scopes = 0;
        LifetimeCounts counts = of(userKey);
        for (CapScope scope : Scopes.ALL) {
            if (isCounted(asked, scope, exposure.subject())) {
                counts.add(scope, exposure.subject(), 1);
                scopes |= Scopes.bit(scope);
            }
        }
        if (scopes != 0) {
            write(userKey, counts);
        }
        return exposure.countedUnder(scopes);
    }

    /** Takes back what {@link #counted} did, whatever the rules are now. */
    void givenBack(String userKey, Exposure exposure) throws UnreadableSlot {
        if (exposure.lifetime() == 0) {
            return;
        }
        LifetimeCounts counts = of(userKey);
        for (CapScope scope : Scopes.ALL) {
            if ((exposure.lifetime() & Scopes.bit(scope)) != 0) {
                counts.add(scope, exposure.subject(), -1);
            }
        }
        write(userKey, counts);
    }

    static boolean isCounted(LifetimeInterest asked, CapScope scope, CapSubject subject) {
        return subject.isKnown(scope) && asked.counts(scope, subject.id(scope));
    }

    private LifetimeCounts of(String userKey) throws UnreadableSlot {
        byte[] row = store.get(userKey);
        return row == null ? LifetimeCounts.none() : LifetimeCounts.of(row);
    }

    private void write(String userKey, LifetimeCounts counts) {
        store.put(userKey, counts.isEmpty() ? null : counts.bytes());
    }
}

package millrace.caps;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import millrace.catalog.LifetimeInterest;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * How often a user has seen what, exact to the millisecond. The entrance of the caps room; lives on one stream thread.
 *
 * <p>Store {@value #STORE}: key = user key, window = a slot of time, value = the exposures of that slot. A row lives for
 * {@link CapSettings#retention()} after the newest row of its partition; so no decision may be made with a time far ahead of
 * the others', or it ends everybody's rows. Store {@value #LIFETIME}: key = user key, value = how often each id that a
 * lifetime rule asks for was served. Only the decision node writes them; after a restore they are what the last commit left.
 *
 * <pre>
 *   reserve ──► RESERVED ──confirm──► SHOWN     counted until the window is over
 *                  └──release──► gone           given back: no impression came in time
 *   addLate ────────────────────► SHOWN         the impression came after that
 * </pre>
 *
 * <p>What can go wrong: a row that cannot be read refuses its user ({@link CapVerdict.UserFull}), is counted, and is left
 * as it is until its time is over. It never stops the thread.
 */
public final class FrequencyCaps {
    public static final String STORE = "exposures";
    public static final String LIFETIME = "lifetime-exposures";

    /** Users share these; one that another changed is read once more, and none is missed. */
    private static final int CHANGE_COUNTERS = 1 << 14;

    private final WindowStore<String, byte[]> store;
    private final CapReading reading;
    private final LifetimeStore lifetime;
    private final int[] changes = new int[CHANGE_COUNTERS];

    /** @param interest what lifetime rules ask for at this moment */
    public FrequencyCaps(
            WindowStore<String, byte[]> store,
            KeyValueStore<String, byte[]> lifetime,
            CapSettings settings,
            Supplier<LifetimeInterest> interest) {
        this.store = store;
        this.reading = new CapReading(store, lifetime, settings);
        this.lifetime = new LifetimeStore(lifetime, interest);
    }

    /**
     * The stores to add to the topology. Cached: the slots of one request, and whatever else a user does within a commit
     * interval, then make one write and one changelog record of their row instead of one each.
     */
    public static Set<StoreBuilder<?>> stores(CapSettings settings) {
        return Set.of(exposures(settings), lifetime());
    }

    /** Cached, though each range read has to merge the cache with the store: the ads of a pod are one record of the changelog. */
    static StoreBuilder<WindowStore<String, byte[]>> exposures(CapSettings settings) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(STORE, settings.retention(), settings.slot(), false),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withCachingEnabled();
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> lifetime() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(LIFETIME), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** The caps of one request of this user. */
    public UserCaps of(Viewer viewer) {
        return new UserCaps(this, viewer);
    }

    /** Its impression came. Safe to repeat: shown stays shown. Without the reservation nothing happens. */
    public void confirm(String userKey, Instant at, long reservation) {
        edit(userKey, at, slot -> slot.confirmed(reservation));
    }

    /** No impression came in time. Safe to repeat, and after {@link #confirm} too: what was shown stays. */
    public void release(String userKey, Instant at, long reservation) {
        edit(userKey, at, slot -> {
            Optional<Exposure> gone = slot.find(reservation).filter(Exposure::isReserved);
            if (gone.isPresent()) {
                lifetime.givenBack(userKey, gone.get());
            }
            return slot.released(reservation);
        });
    }

    /**
     * Its impression came after its reservation was given back. It counts, at the time that the exposure says, even where that
     * is one more than a rule allows: the user has seen it. Safe to repeat: one exposure a reservation.
     *
     * @return false when the slot holds no more, and it was not counted
     */
    public boolean addLate(String userKey, Exposure exposure) {
        return edit(
                        userKey,
                        exposure.at(),
                        slot -> slot.find(exposure.reservation()).isPresent() || !slot.takesLate()
                                ? slot.confirmed(exposure.reservation())
                                : slot.with(lifetime.counted(userKey, exposure).shown()))
                .find(exposure.reservation())
                .isPresent();
    }

    /** Rows met so far that could not be read. */
    public long unreadableRows() {
        return reading.unreadableRows();
    }

    boolean reserve(String userKey, Exposure exposure) {
        return edit(
                        userKey,
                        exposure.at(),
                        slot -> slot.find(exposure.reservation()).isPresent() || !slot.takesPromises()
                                ? slot
                                : slot.with(lifetime.counted(userKey, exposure)))
                .find(exposure.reservation())
                .isPresent();
    }

    CapReading reading() {
        return reading;
    }

    LifetimeInterest interest() {
        return lifetime.interest();
    }

    /** Another number whenever something of this user was written since. */
    int changes(String userKey) {
        return changes[counter(userKey)];
    }

    private static int counter(String userKey) {
        int hash = userKey.hashCode();
        return (hash ^ (hash >>> 16)) & (CHANGE_COUNTERS - 1);
    }

    @FunctionalInterface
    private interface Change {
        TimeSlot apply(TimeSlot slot) throws UnreadableSlot;
    }

    /** Reads, changes and writes one row; a row that cannot be read counts as empty and is left alone. */
    private TimeSlot edit(String userKey, Instant at, Change change) {
        long start = reading.settings().slotOf(at.toEpochMilli());
        try {
            byte[] row = store.fetch(userKey, start);
            TimeSlot before = row == null ? TimeSlot.EMPTY : new SlotBytes(row).slot();
            TimeSlot after = change.apply(before);
            if (!after.equals(before)) {
                store.put(userKey, after.exposures().isEmpty() ? null : TimeSlotCodec.encode(after), start);
                changes[counter(userKey)]++;
            }
            return after;
        } catch (UnreadableSlot unreadable) {
            reading.metUnreadable();
            return TimeSlot.EMPTY;
        }
    }
}

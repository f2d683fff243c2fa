package millrace.caps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import millrace.catalog.CapRule;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * How often a user has seen what, exact to the millisecond. The entrance of the caps room; lives on one stream thread.
 *
 * <p>Store {@value #STORE}: key = user key, window = a slot of time, value = the exposures of that slot. Only the decision
 * node writes it. After a restore it is what the last commit left. A row lives for {@link CapSettings#retention()} after
 * the newest row of its partition; so no decision may be made with a time far ahead of the others', or it ends
 * everybody's rows.
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

    /** Beyond this, a user is refused instead of read further: 645 ads a day for a month are not a person's. */
    static final int MAX_READ = 20_000;

    private static final CapVerdict ALLOWED = new CapVerdict.Allowed();
    private static final CapVerdict USER_FULL = new CapVerdict.UserFull();

    private final WindowStore<String, byte[]> store;
    private final CapSettings settings;
    private long unreadableRows;

    public FrequencyCaps(WindowStore<String, byte[]> store, CapSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * The store to add to the topology. Cached: the slots of one request, and whatever else a user does within a commit
     * interval, then make one write and one changelog record of their row instead of one each.
     */
    public static StoreBuilder<WindowStore<String, byte[]>> store(CapSettings settings) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(STORE, settings.retention(), settings.slot(), false),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withCachingEnabled();
    }

    /**
     * What these rules need to know about a user for a decision at {@code now}: one range read over the longest of their
     * windows, or none when there are no rules.
     */
    public Exposures exposuresOf(String userKey, Collection<CapRule> rules, Instant now) {
        Window wanted = rules.stream()
                .filter(rule -> settings.keeps(rule.span()))
                .map(rule -> Window.reach(rule.span(), now.toEpochMilli()))
                .reduce(Window.EMPTY, Window::and);
        return wanted.isEmpty() ? Exposures.UNREAD : read(userKey, wanted);
    }

    /**
     * Whether every rule has room for one more ad of the subject at {@code now}. Pure: writes and consumes nothing. Before
     * anybody is asked for an ad, the ids that are not known yet are empty in the subject, and their rules wait for the answer.
     */
    public CapVerdict check(List<CapRule> rules, CapSubject subject, Exposures exposures, Instant now) {
        if (rules.isEmpty()) {
            return ALLOWED;
        }
        if (!exposures.isComplete()) {
            return USER_FULL;
        }
        long at = now.toEpochMilli();
        for (CapRule rule : rules) {
            if (!settings.keeps(rule.span())) {
                return new CapVerdict.BeyondRetention(rule);
            }
            if (subject.isKnown(rule.scope())) {
                int count = exposures.mostInAWindow(rule, subject, at);
                if (count >= rule.limit()) {
                    return new CapVerdict.Refused(rule, count);
                }
            }
        }
        long slot = settings.slotOf(at);
        int inSlot = exposures.within(new Window(slot, slot + settings.slot().toMillis()));
        return inSlot >= TimeSlot.MAX_EXPOSURES ? USER_FULL : ALLOWED;
    }

    /** How many more ads of the subject this rule alone would allow at {@code now}. */
    public int remaining(CapRule rule, CapSubject subject, Exposures exposures, Instant now) {
        if (!settings.keeps(rule.span()) || !exposures.isComplete()) {
            return 0;
        }
        if (!subject.isKnown(rule.scope())) {
            return rule.limit();
        }
        return Math.max(0, rule.limit() - exposures.mostInAWindow(rule, subject, now.toEpochMilli()));
    }

    /**
     * Counts an ad from now on. Safe to repeat: a reservation that is there stays as it is.
     *
     * @return false when the user's slot takes no more and nothing was written. After {@link #check} allowed it under at
     *     least one rule it is always true; an ad under no rule was checked against nothing, and is told here.
     */
    public boolean reserve(String userKey, Exposure exposure) {
        return edit(userKey, exposure.at(), slot -> slot.with(exposure)).holds(exposure.reservation());
    }

    /** Its impression came. Safe to repeat: shown stays shown. Without the reservation nothing happens. */
    public void confirm(String userKey, Instant at, long reservation) {
        edit(userKey, at, slot -> slot.confirmed(reservation));
    }

    /** No impression came in time. Safe to repeat, and after {@link #confirm} too: what was shown stays. */
    public void release(String userKey, Instant at, long reservation) {
        edit(userKey, at, slot -> slot.released(reservation));
    }

    /**
     * Its impression came after its reservation was given back. It counts, even where that is one more than a rule allows:
     * the user has seen it. Safe to repeat: one exposure a reservation. A slot that is full stays as it is; it refuses
     * everything already.
     */
    public void addLate(String userKey, Exposure exposure) {
        edit(userKey, exposure.at(), slot -> slot.with(exposure).confirmed(exposure.reservation()));
    }

    /** Rows met so far that could not be read. */
    public long unreadableRows() {
        return unreadableRows;
    }

    private Exposures read(String userKey, Window wanted) {
        List<Exposure> exposures = new ArrayList<>();
        boolean complete = true;
        long from = Math.max(0, settings.slotOf(wanted.from()));
        try (WindowStoreIterator<byte[]> rows = store.fetch(userKey, from, wanted.to() - 1)) {
            while (rows.hasNext() && exposures.size() <= MAX_READ) {
                exposures.addAll(TimeSlotCodec.decode(rows.next().value).exposures());
            }
        } catch (UnreadableSlot unreadable) {
            unreadableRows++;
            complete = false;
        }
        return new Exposures(wanted, exposures, complete && exposures.size() <= MAX_READ);
    }

    /** Reads, changes and writes one row; a row that cannot be read counts as empty and is left alone. */
    private TimeSlot edit(String userKey, Instant at, UnaryOperator<TimeSlot> change) {
        long start = settings.slotOf(at.toEpochMilli());
        try {
            byte[] row = store.fetch(userKey, start);
            TimeSlot before = row == null ? TimeSlot.EMPTY : TimeSlotCodec.decode(row);
            TimeSlot after = change.apply(before);
            if (!after.equals(before)) {
                store.put(userKey, after.exposures().isEmpty() ? null : TimeSlotCodec.encode(after), start);
            }
            return after;
        } catch (UnreadableSlot unreadable) {
            unreadableRows++;
            return TimeSlot.EMPTY;
        }
    }
}

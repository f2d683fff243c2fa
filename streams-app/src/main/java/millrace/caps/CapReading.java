package millrace.caps;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Reads what is kept of a user, in one range read however many rules ask. For one thread. */
final class CapReading {
    /** Beyond this, a user is refused instead of read further: 645 ads a day for a month are not a person's. */
    static final int MAX_READ = 20_000;

    /** How far clocks of instances may differ: a session's first ads may be that much older than its beginning. */
    private static final long CLOCKS_MILLIS = 60_000;

    private static final Instant NEWEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final ReadOnlyWindowStore<String, byte[]> exposures;
    private final ReadOnlyKeyValueStore<String, byte[]> lifetime;
    private final CapSettings settings;
    private final CalendarWindows windows = new CalendarWindows();
    private long unreadableRows;

    CapReading(
            ReadOnlyWindowStore<String, byte[]> exposures,
            ReadOnlyKeyValueStore<String, byte[]> lifetime,
            CapSettings settings) {
        this.exposures = exposures;
        this.lifetime = lifetime;
        this.settings = settings;
    }

    CapSettings settings() {
        return settings;
    }

    CalendarWindows windows() {
        return windows;
    }

    /** The oldest moment that these rules, and the slot of {@code at}, need to know about. */
    long from(Collection<CapRule> rules, Viewer viewer, long at) {
        long from = settings.slotOf(at);
        for (CapRule rule : rules) {
            from = Math.min(
                    from,
                    switch (rule.span()) {
                        case CapSpan.Timed timed
                        when settings.keeps(timed) -> windows.reach(timed, at).from();
                        case CapSpan.Session session when settings.keepsSince(viewer.since(), at) -> since(viewer);
                        case CapSpan.Timed tooLong -> from;
                        case CapSpan.Session tooLong -> from;
                        case CapSpan.Pod pod -> from;
                        case CapSpan.Lifetime ever -> from;
                    });
        }
        return from;
    }

    static long since(Viewer viewer) {
        return viewer.since().toEpochMilli() - CLOCKS_MILLIS;
    }

    /** From a moment to the newest: nothing that came meanwhile with a later time is missed. */
    Exposures exposures(String userKey, long from) {
        Exposures read = new Exposures(from);
        try (WindowStoreIterator<byte[]> rows =
                exposures.fetch(userKey, Instant.ofEpochMilli(Math.max(0, settings.slotOf(from))), NEWEST)) {
            while (rows.hasNext() && read.isComplete()) {
                read.add(new SlotBytes(rows.next().value));
                if (read.size() > MAX_READ) {
                    read.isIncomplete();
                }
            }
        } catch (UnreadableSlot unreadable) {
            unreadableRows++;
            read.isIncomplete();
        }
        return read;
    }

    /** Empty when it cannot be read. */
    Optional<LifetimeCounts> lifetime(String userKey) {
        byte[] row = lifetime.get(userKey);
        try {
            return Optional.of(row == null ? LifetimeCounts.none() : LifetimeCounts.of(row));
        } catch (UnreadableSlot unreadable) {
            unreadableRows++;
            return Optional.empty();
        }
    }

    void metUnreadable() {
        unreadableRows++;
    }

    long unreadableRows() {
        return unreadableRows;
    }
}

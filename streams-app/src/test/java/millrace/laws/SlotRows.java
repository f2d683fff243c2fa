package millrace.laws;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** A window store over rows that outlive its driver; it forgets nothing. */
@SuppressWarnings("NullAway") // Kafka's own signatures do not say what may be null.
final class SlotRows implements WindowStore<String, byte[]> {
    private final String name;
    private final Rows<Slot, byte[]> rows;

    record Slot(String key, long start) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER =
                Comparator.comparing(Slot::key).thenComparingLong(Slot::start);

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }
    }

    SlotRows(String name, Rows<Slot, byte[]> rows) {
        this.name = name;
        this.rows = rows;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
    }

    @Override
    public void put(String key, byte @Nullable [] value, long start) {
        rows.put(new Slot(key, start), value);
    }

    @Override
    public byte[] fetch(String key, long start) {
        return rows.all().get(new Slot(key, start));
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(String key, long from, long to) {
        return new Copied(rows.all().subMap(new Slot(key, from), true, new Slot(key, to), true).entrySet().stream()
                .map(row -> KeyValue.pair(row.getKey().start(), row.getValue()))
                .toList());
    }

    @Override
    public KeyValueIterator<Windowed<String>, byte[]> fetch(String from, String to, long since, long until) {
        throw new UnsupportedOperationException("no room reads the rows of several users");
    }

    @Override
    public KeyValueIterator<Windowed<String>, byte[]> fetchAll(long since, long until) {
        throw new UnsupportedOperationException("no room reads the rows of several users");
    }

    @Override
    public KeyValueIterator<Windowed<String>, byte[]> fetchAll(Instant since, Instant until) {
        throw new UnsupportedOperationException("no room reads the rows of several users");
    }

    @Override
    public KeyValueIterator<Windowed<String>, byte[]> all() {
        throw new UnsupportedOperationException("no room reads the rows of several users");
    }

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static final class Copied implements WindowStoreIterator<byte[]> {
        private final Iterator<KeyValue<Long, byte[]>> rows;

        Copied(List<KeyValue<Long, byte[]>> rows) {
            this.rows = rows.iterator();
        }

        @Override
        public Long peekNextKey() {
            throw new UnsupportedOperationException("no room peeks");
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public KeyValue<Long, byte[]> next() {
            return rows.next();
        }

        @Override
        public void close() {}
    }
}

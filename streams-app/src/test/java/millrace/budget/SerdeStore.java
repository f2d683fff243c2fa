package millrace.budget;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store that keeps bytes, so that whatever is read back went through its codec; fast enough for thousands of worlds. */
final class SerdeStore<V> implements KeyValueStore<String, V> {
    private final String name;
    private final Serde<V> serde;
    private final TreeMap<String, byte[]> rows = new TreeMap<>();
    private TreeMap<String, byte[]> committed = new TreeMap<>();

    SerdeStore(String name, Serde<V> serde) {
        this.name = name;
        this.serde = serde;
    }

    /** What is there now is what a crash leaves. */
    void commit() {
        committed = new TreeMap<>(rows);
    }

    void crash() {
        rows.clear();
        rows.putAll(committed);
    }

    @Override
    public void put(String key, V value) {
        rows.put(key, serde.serializer().serialize(name, value));
    }

    /** All values, in the order of their keys. */
    Stream<V> values() {
        return rows.values().stream().map(bytes -> serde.deserializer().deserialize(name, bytes));
    }

    @Override
    public @Nullable V putIfAbsent(String key, V value) {
        V before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<String, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(String key) {
        V before = get(key);
        rows.remove(key);
        return before;
    }

    @Override
    public @Nullable V get(String key) {
        return serde.deserializer().deserialize(name, rows.get(key));
    }

    @Override
    public KeyValueIterator<String, V> range(String from, String to) {
        throw new UnsupportedOperationException("nobody scans these stores by range");
    }

    @Override
    public KeyValueIterator<String, V> all() {
        List<KeyValue<String, V>> all = new ArrayList<>();
        rows.forEach(
                (key, bytes) -> all.add(KeyValue.pair(key, serde.deserializer().deserialize(name, bytes))));
        Iterator<KeyValue<String, V>> iterator = all.iterator();
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public KeyValue<String, V> next() {
                return iterator.next();
            }

            @Override
            public String peekNextKey() {
                throw new UnsupportedOperationException("nobody peeks");
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

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
}

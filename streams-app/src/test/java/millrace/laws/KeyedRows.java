package millrace.laws;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A key-value store over rows that outlive its driver. */
@SuppressWarnings("NullAway") // Kafka's own signatures do not say what may be null.
final class KeyedRows<K extends Comparable<? super K>, V> implements KeyValueStore<K, V> {
    private final String name;
    private final Rows<K, V> rows;

    KeyedRows(String name, Rows<K, V> rows) {
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
    public V get(K key) {
        return rows.all().get(key);
    }

    @Override
    public void put(K key, @Nullable V value) {
        rows.put(key, value);
    }

    @Override
    public V putIfAbsent(K key, V value) {
        V before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public V delete(K key) {
        return rows.put(key, null);
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        NavigableMap<K, V> part = from == null ? rows.all() : rows.all().tailMap(from, true);
        return new Copied<>(to == null ? part : part.headMap(to, true));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new Copied<>(rows.all());
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, S serializer) {
        NavigableMap<K, V> found = new java.util.TreeMap<>(rows.all());
        found.keySet().removeIf(key -> !key.toString().startsWith(prefix.toString()));
        return new Copied<>(found);
    }

    @Override
    public long approximateNumEntries() {
        return rows.all().size();
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

    /** As it was when the search began. */
    private static final class Copied<K, V> implements KeyValueIterator<K, V> {
        private final Iterator<KeyValue<K, V>> rows;
        private @Nullable KeyValue<K, V> next;

        Copied(Map<K, V> part) {
            rows = part.entrySet().stream()
                    .map(row -> KeyValue.pair(row.getKey(), row.getValue()))
                    .toList()
                    .iterator();
        }

        @Override
        public K peekNextKey() {
            next = next == null ? rows.next() : next;
            return next.key;
        }

        @Override
        public boolean hasNext() {
            return next != null || rows.hasNext();
        }

        @Override
        public KeyValue<K, V> next() {
            KeyValue<K, V> row = next == null ? rows.next() : next;
            next = null;
            return row;
        }

        @Override
        public void close() {}
    }
}

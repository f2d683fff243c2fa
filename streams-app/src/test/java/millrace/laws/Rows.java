package millrace.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a store holds over the lives of its task: written through at once, and taken back as far as a crash says. */
final class Rows<K extends Comparable<? super K>, V> {
    private final NavigableMap<K, V> rows = new TreeMap<>();
    private final List<Before<K, V>> sinceCommit = new ArrayList<>();

    private record Before<K, V>(K key, @Nullable V value) {}

    NavigableMap<K, V> all() {
        return rows;
    }

    @Nullable
    V put(K key, @Nullable V value) {
        V before = value == null ? rows.remove(key) : rows.put(key, value);
        sinceCommit.add(new Before<>(key, before));
        return before;
    }

    void commit() {
        sinceCommit.clear();
    }

    int writesSinceCommit() {
        return sinceCommit.size();
    }

    /** A crash: of the writes since the last commit the first few are kept. */
    void crash(int kept) {
        for (Before<K, V> before : sinceCommit.subList(kept, sinceCommit.size()).reversed()) {
            V value = before.value();
            if (value == null) {
                rows.remove(before.key());
            } else {
                rows.put(before.key(), value);
            }
        }
        sinceCommit.clear();
    }
}

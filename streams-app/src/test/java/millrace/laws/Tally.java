package millrace.laws;

import java.util.Map;
import java.util.TreeMap;

/** What came up in all histories together: a law that never met a late impression would show nothing about it. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }
}

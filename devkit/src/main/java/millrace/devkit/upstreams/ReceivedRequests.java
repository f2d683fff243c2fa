package millrace.devkit.upstreams;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import millrace.devkit.http.Request;

/**
 * What the upstreams were asked: a count of each path, and the newest requests whole. Bounded: {@value #MOST_REQUESTS} requests and
 * {@value #MOST_PATHS} paths, further ones are counted as {@value #OTHER_PATHS}. Safe for any thread.
 */
public final class ReceivedRequests {

    static final int MOST_REQUESTS = 1_000;
    static final int MOST_PATHS = 10_000;
    static final String OTHER_PATHS = "(other)";

    private final Deque<Request> newest = new ArrayDeque<>(MOST_REQUESTS);
    private final Map<String, Long> counts = new HashMap<>();

    synchronized void add(Request request) {
        if (newest.size() == MOST_REQUESTS) {
            newest.removeFirst();
        }
        newest.addLast(request);
        String path = counts.size() < MOST_PATHS || counts.containsKey(request.path()) ? request.path() : OTHER_PATHS;
        counts.merge(path, 1L, Long::sum);
    }

    /** How often that path was asked, its query apart. */
    public synchronized long count(String path) {
        return counts.getOrDefault(path, 0L);
    }

    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** The newest requests of that path, oldest first. */
    public synchronized List<Request> of(String path) {
        return newest.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** The newest requests, oldest first. */
    public synchronized List<Request> newest() {
        return List.copyOf((Collection<Request>) newest);
    }

    public synchronized void clear() {
        newest.clear();
        counts.clear();
    }
}

package millrace.notifier;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far one partition of notices is: everything below {@link #watermark} is done. And from where its partition of notices-fired has to be read back
 * after a crash, so that no billing notice that was begun is begun again. For one thread.
 *
 * <pre>
 *   notices         done  done  OPEN  done  OPEN │ not read yet
 *                              ▲ watermark
 *   notices-fired   ...   STARTED of what is at or above it, from {@link #readBackFrom} on
 * </pre>
 */
final class PartitionBook {
    private final TreeSet<Long> open = new TreeSet<>();
    /** By the notice's offset, where its first record on notices-fired stands. */
    private final TreeMap<Long, Long> recorded = new TreeMap<>();

    private final Set<String> begunBefore;
    private long next;
    private long recordedEnd;

    /**
     * @param next notice to be read
     * @param recordedEnd where notices-fired ends
     * @param readBack notices that were fired, given up or begun before, by their offset: where their record stands
     * @param begunBefore their ids
     */
    PartitionBook(long next, long recordedEnd, Map<Long, Long> readBack, Set<String> begunBefore) {
        this.next = next;
        this.recordedEnd = recordedEnd;
        this.recorded.putAll(readBack);
        this.begunBefore = new HashSet<>(begunBefore);
    }

    /** A notice that was read; not done yet. */
    void opened(long offset) {
        open.add(offset);
        next = Math.max(next, offset + 1);
    }

    /** Whether a life before this one dealt with it. Such an id is met once, so it is forgotten. */
    boolean wasBegun(String id) {
        return begunBefore.remove(id);
    }

    /** A record of it stands on notices-fired. */
    void recorded(long offset, long at) {
        recorded.merge(offset, at, Math::min);
        recordedEnd = Math.max(recordedEnd, at + 1);
    }

    void done(long offset) {
        open.remove(offset);
    }

    int openCount() {
        return open.size();
    }

    /** The notice that is read next. */
    long next() {
        return next;
    }

    long watermark() {
        return open.isEmpty() ? next : open.first();
    }

    /** The first record that a notice at or above the watermark has, else the end. */
    long readBackFrom() {
        recorded.headMap(watermark()).clear();
        return recorded.values().stream().mapToLong(Long::longValue).min().orElse(recordedEnd);
    }
}

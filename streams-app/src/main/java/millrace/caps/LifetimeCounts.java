package millrace.caps;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import millrace.schemas.CapScope;

/**
 * How many ads one user was ever served, by the ids that lifetime rules ask for. As bytes, big-endian:
 *
 * <pre>
 * 1 version (1) | each: 1 scope, 8 hash of the id, 4 count
 * </pre>
 */
final class LifetimeCounts {
    /** At 13 bytes each; a user with more is refused what would need one more. */
    static final int MAX_IDS = 1_000;

    private static final byte VERSION = 1;
    private static final int ENTRY_BYTES = 1 + 8 + 4;

    private final Map<Id, Integer> counts;

    private record Id(int scope, long hash) {
        static Id of(CapScope scope, CapSubject subject) {
            return new Id(Scopes.code(scope), scope == CapScope.USER ? 0 : BoundedId.hash(subject.id(scope)));
        }
    }

    private LifetimeCounts(Map<Id, Integer> counts) {
        this.counts = counts;
    }

    static LifetimeCounts none() {
        return new LifetimeCounts(new HashMap<>());
    }

    int of(CapScope scope, CapSubject subject) {
        return counts.getOrDefault(Id.of(scope, subject), 0);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    boolean isFull() {
        return counts.size() >= MAX_IDS;
    }

    /** Changes the count of one id; one that comes to nothing is forgotten. */
    void add(CapScope scope, CapSubject subject, int more) {
        Id id = Id.of(scope, subject);
        int count = counts.getOrDefault(id, 0) + more;
        if (count > 0) {
            counts.put(id, count);
        } else {
            counts.remove(id);
        }
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(1 + counts.size() * ENTRY_BYTES).put(VERSION);
        counts.forEach(
                (id, count) -> out.put((byte) id.scope()).putLong(id.hash()).putInt(count));
        return out.array();
    }

    /** @throws UnreadableSlot whatever the bytes are, when they are not what {@link #bytes} gives */
    static LifetimeCounts of(byte[] bytes) throws UnreadableSlot {
        if (bytes.length == 0 || bytes[0] != VERSION || (bytes.length - 1) % ENTRY_BYTES != 0) {
            throw new UnreadableSlot("lifetime counts of " + bytes.length + " bytes are not of version " + VERSION);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        Map<Id, Integer> counts = HashMap.newHashMap(in.remaining() / ENTRY_BYTES);
        while (in.hasRemaining()) {
            counts.put(new Id(in.get(), in.getLong()), in.getInt());
        }
        return new LifetimeCounts(counts);
    }
}

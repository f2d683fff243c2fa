package millrace.intake;

import org.apache.kafka.streams.processor.api.Record;

/** Where a record can go from a door. For the stream thread only. */
public final class Doorway {
    /** Children of the door nodes. */
    public static final String DECISION = "decision";

    public static final String MOVED = "to-ad-requests-moved";
    public static final String DEAD_LETTERS = "to-dead-letters";

    private final Door<?> door;

    Doorway(Door<?> door) {
        this.door = door;
    }

    /** On to the decision, with the record's own time and headers. */
    void in(String key, Arrival arrival, Record<byte[], byte[]> record) {
        door.context().forward(new Record<>(key, arrival, record.timestamp(), record.headers()), DECISION);
    }

    /** Once more through our own topic, to the partition of its user. */
    void move(String key, Record<byte[], byte[]> record) {
        door.context().forward(new Record<>(key, record.value(), record.timestamp(), record.headers()), MOVED);
    }

    void refuse(Record<byte[], byte[]> record, Origin origin, String reason, String message) {
        door.context().forward(Letters.letter(record, origin, door.name(), reason, message), DEAD_LETTERS);
    }

    int partition() {
        return door.context().taskId().partition();
    }
}

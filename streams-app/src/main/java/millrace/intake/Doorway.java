package millrace.intake;

import millrace.session.Origin;
import org.apache.kafka.streams.processor.api.Record;

/** Where a record can go from a door. For the stream thread only. */
public final class Doorway {
    public static final String DECISION = "decision";
    public static final String MOVED = "to-ad-requests-moved";
    public static final String DEAD_LETTERS = "to-dead-letters";

    private final Door<?> door;

    Doorway(Door<?> door) {
        this.door = door;
    }

    /** On into the house, with the record's own time and headers. */
    public void in(String key, Object value, Record<byte[], byte[]> record) {
        door.context()
                .forward(
                        new Record<>(key, value, record.timestamp(), record.headers()),
                        door.leads().next());
    }

    /** Once more through our own topic, to the partition of its user. */
    void move(String key, Record<byte[], byte[]> record) {
        door.context().forward(new Record<>(key, record.value(), record.timestamp(), record.headers()), MOVED);
    }

    /** Not in: a dead letter with its reason, one word for machines, and a message for people. */
    public void refuse(Record<byte[], byte[]> record, Origin origin, String reason, String message) {
        door.context()
                .forward(
                        Letters.letter(record, origin, door.leads().door(), reason, message),
                        door.leads().deadLetters());
    }
}

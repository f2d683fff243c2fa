package millrace.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import millrace.intake.Arrival;
import millrace.intake.Parked;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A request in flight, as it came: all that is needed to decide it again. Its value stays in the wire format, so that an entry outlives
 * a change of the schema.
 *
 * @param sessionId the session that the request was counted in, once
 */
record JournalEntry(String sessionId, Parked request) {
    private static final byte VERSION = 1;

    /** Of a request that was let in. */
    static JournalEntry of(String sessionId, Arrival.Asked asked, Record<String, ?> record) {
        Record<byte[], byte[]> original = new Record<>(
                record.key().getBytes(StandardCharsets.UTF_8), asked.bytes(), record.timestamp(), record.headers());
        return new JournalEntry(sessionId, new Parked(original, asked.origin()));
    }

    byte[] bytes() {
        byte[] session = sessionId.getBytes(StandardCharsets.UTF_8);
        byte[] record = request.bytes();
        return ByteBuffer.allocate(1 + Integer.BYTES + session.length + record.length)
                .put(VERSION)
                .putInt(session.length)
                .put(session)
                .put(record)
                .array();
    }

    static JournalEntry of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("journal entry has version " + version + "; known is " + VERSION);
        }
        byte[] session = new byte[in.getInt()];
        in.get(session);
        byte[] record = new byte[in.remaining()];
        in.get(record);
        return new JournalEntry(new String(session, StandardCharsets.UTF_8), Parked.of(record));
    }
}

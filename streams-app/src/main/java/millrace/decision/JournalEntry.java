package millrace.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import millrace.intake.Arrival;
import millrace.intake.Parked;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A request in flight, as it came, and how far it has come: all that is needed to go on with it. Values stay in the wire format, so that
 * an entry outlives a change of a schema.
 *
 * @param sessionId the session that the request was counted in, once
 * @param progress what is committed already of its slots, and must not be done again
 */
record JournalEntry(String sessionId, Progress progress, Parked request) {
    private static final byte VERSION = 2;

    /**
     * What came of a request's slots so far, in a commit before all of them were decided.
     *
     * @param notices how many notices each slot has written
     * @param decided an answer in the wire format that has the decided slots; empty when there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // Carried, never compared.
    record Progress(int[] notices, byte[] decided) {
        static final Progress NONE = new Progress(new int[0], new byte[0]);
    }

    /** Of a request that was let in. */
    static JournalEntry of(String sessionId, Arrival.Asked asked, Record<String, ?> record) {
        Record<byte[], byte[]> original = new Record<>(
                record.key().getBytes(StandardCharsets.UTF_8), asked.bytes(), record.timestamp(), record.headers());
        return new JournalEntry(sessionId, Progress.NONE, new Parked(original, asked.origin()));
    }

    JournalEntry with(Progress further) {
        return new JournalEntry(sessionId, further, request);
    }

    byte[] bytes() {
        byte[] session = sessionId.getBytes(StandardCharsets.UTF_8);
        byte[] record = request.bytes();
        int[] notices = progress.notices;
        byte[] decided = progress.decided;
        ByteBuffer out = ByteBuffer.allocate(
                        1 + (3 + notices.length) * Integer.BYTES + session.length + decided.length + record.length)
                .put(VERSION)
                .putInt(session.length)
                .put(session)
                .putInt(notices.length);
        for (int count : notices) {
            out.putInt(count);
        }
        return out.putInt(decided.length).put(decided).put(record).array();
    }

    static JournalEntry of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != 1 && version != VERSION) {
            throw new IllegalStateException("journal entry has version " + version + "; known are 1 and " + VERSION);
        }
        byte[] session = part(in, in.getInt());
        Progress progress = version == 1 ? Progress.NONE : progress(in);
        Parked request = Parked.of(part(in, in.remaining()));
        return new JournalEntry(new String(session, StandardCharsets.UTF_8), progress, request);
    }

    private static Progress progress(ByteBuffer in) {
        int[] notices = new int[in.getInt()];
        for (int i = 0; i < notices.length; i++) {
            notices[i] = in.getInt();
        }
        return new Progress(notices, part(in, in.getInt()));
    }

    private static byte[] part(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}

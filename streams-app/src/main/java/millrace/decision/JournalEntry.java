package millrace.decision;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    private static final byte VERSION = 3;
    /** Knew nothing of losses. */
    private static final byte BEFORE_LOSSES = 2;

    /**
     * What came of a request's slots so far, in a commit before all of them were decided.
     *
     * @param slots in their order; empty when nothing is written yet
     * @param decided an answer in the wire format that has what is served; empty when there is nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // Carried, never compared.
    record Progress(List<OfSlot> slots, byte[] decided) {
        static final Progress NONE = new Progress(List.of(), new byte[0]);
    }

    /**
     * @param notices how many a slot has written
     * @param elements what is served in it, as parts of a document
     * @param losses who is to be told that it lost, if this is all that becomes of the slot
     */
    record OfSlot(int notices, List<String> elements, List<Loss> losses) {
        OfSlot {
            elements = List.copyOf(elements);
            losses = List.copyOf(losses);
        }
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, sessionId.getBytes(StandardCharsets.UTF_8));
            out.writeInt(progress.slots.size());
            for (OfSlot slot : progress.slots) {
                out.writeInt(slot.notices);
                out.writeInt(slot.elements.size());
                for (String element : slot.elements) {
                    write(out, element.getBytes(StandardCharsets.UTF_8));
                }
                out.writeInt(slot.losses.size());
                for (Loss loss : slot.losses) {
                    write(out, loss.id().getBytes(StandardCharsets.UTF_8));
                    write(out, loss.bidder().getBytes(StandardCharsets.UTF_8));
                    write(out, loss.url().getBytes(StandardCharsets.UTF_8));
                    out.writeInt(loss.code());
                }
            }
            write(out, progress.decided);
            out.write(request.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static JournalEntry of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException("journal entry has version " + version + "; known are 1 to " + VERSION);
        }
        String session = text(in);
        Progress progress = version == 1 ? Progress.NONE : progress(in, version);
        return new JournalEntry(session, progress, Parked.of(part(in, in.remaining())));
    }

    private static Progress progress(ByteBuffer in, byte version) {
        List<OfSlot> slots = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            int notices = in.getInt();
            List<String> elements = new ArrayList<>();
            for (int more = in.getInt(); more > 0; more--) {
                elements.add(text(in));
            }
            slots.add(new OfSlot(notices, elements, version == BEFORE_LOSSES ? List.of() : losses(in)));
        }
        return new Progress(slots, part(in, in.getInt()));
    }

    private static List<Loss> losses(ByteBuffer in) {
        List<Loss> losses = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            losses.add(new Loss(text(in), text(in), text(in), in.getInt()));
        }
        return losses;
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static String text(ByteBuffer in) {
        return new String(part(in, in.getInt()), StandardCharsets.UTF_8);
    }

    private static byte[] part(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}

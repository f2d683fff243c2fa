package millrace.caps;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.caps.Exposure.State;

/**
 * A stored time slot, big-endian, read where it lies: one decision looks at many. Ids repeat within a slot, so each is
 * there once.
 *
 * <pre>
 * 1 version (2) | 2 number of ids      | each: 2 length, UTF-8
 *               | 2 number of exposures | each: 8 time, 8 reservation, 8 session, 1 flags, 5 x 2 number of an id
 *
 * flags: bit 0 is shown, bits 1 to 6 are the scopes that it is counted under for ever
 * </pre>
 */
final class SlotBytes {
    static final byte VERSION = 2;
    static final int IDS = 5;
    static final int EXPOSURE_BYTES = 8 + 8 + 8 + 1 + IDS * 2;

    private static final int MAX_IDS = TimeSlot.MAX_EXPOSURES * IDS;
    private static final int RESERVATION = 8;
    private static final int SESSION = 16;
    private static final int FLAGS = 24;
    private static final int FIRST_ID = 25;

    private final ByteBuffer in;
    private final int[] idStarts;
    private final int[] idLengths;
    private final int size;
    private final int first;

    /** @throws UnreadableSlot whatever the bytes are, when they are not what {@link TimeSlotCodec} writes */
    SlotBytes(byte[] bytes) throws UnreadableSlot {
        in = ByteBuffer.wrap(bytes);
        need(1, "version");
        byte version = in.get();
        if (version != VERSION) {
            throw new UnreadableSlot("version is " + version + "; known is " + VERSION);
        }
        int ids = count("ids", MAX_IDS);
        idStarts = new int[ids];
        idLengths = new int[ids];
        for (int i = 0; i < ids; i++) {
            readId(i);
        }
        size = count("exposures", TimeSlot.MAX_EXPOSURES);
        need(size * EXPOSURE_BYTES, "exposures");
        first = in.position();
        if (in.remaining() > size * EXPOSURE_BYTES) {
            throw new UnreadableSlot(in.remaining() - size * EXPOSURE_BYTES + " bytes after the last exposure");
        }
        for (int i = 0; i < size; i++) {
            check(i);
        }
    }

    /** Number of exposures. */
    int size() {
        return size;
    }

    /** What each id of the slot is called elsewhere. */
    int[] ids(IdNumbers numbers) {
        int[] found = new int[idStarts.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = numbers.number(in.array(), idStarts[i], idLengths[i]);
        }
        return found;
    }

    long millis(int exposure) {
        return in.getLong(at(exposure));
    }

    long session(int exposure) {
        return in.getLong(at(exposure) + SESSION);
    }

    /** Which of {@link #ids} the id of a scope is. */
    int id(int exposure, int scope) {
        return Short.toUnsignedInt(in.getShort(at(exposure) + FIRST_ID + 2 * scope));
    }

    TimeSlot slot() {
        String[] ids = new String[idStarts.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new String(in.array(), idStarts[i], idLengths[i], StandardCharsets.UTF_8);
        }
        List<Exposure> exposures = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            exposures.add(exposure(i, ids));
        }
        return new TimeSlot(exposures);
    }

    private Exposure exposure(int i, String[] ids) {
        int flags = in.get(at(i) + FLAGS);
        return new Exposure(
                Instant.ofEpochMilli(millis(i)),
                new CapSubject(ids[id(i, 0)], ids[id(i, 1)], ids[id(i, 2)], ids[id(i, 3)], ids[id(i, 4)]),
                session(i),
                in.getLong(at(i) + RESERVATION),
                (flags & 1) == 1 ? State.SHOWN : State.RESERVED,
                flags >> 1);
    }

    private int at(int exposure) {
        return first + exposure * EXPOSURE_BYTES;
    }

    private void check(int i) throws UnreadableSlot {
        if (millis(i) < 0 || in.get(at(i) + FLAGS) < 0) {
            throw new UnreadableSlot("exposure at " + millis(i) + " with flags " + in.get(at(i) + FLAGS));
        }
        for (int scope = 0; scope < IDS; scope++) {
            if (id(i, scope) >= idStarts.length) {
                throw new UnreadableSlot("id number " + id(i, scope) + " of " + idStarts.length);
            }
        }
    }

    private void readId(int i) throws UnreadableSlot {
        int length = count("bytes of an id", BoundedId.MAX_BYTES);
        need(length, "id");
        idStarts[i] = in.position();
        idLengths[i] = length;
        in.position(in.position() + length);
    }

    private int count(String what, int most) throws UnreadableSlot {
        need(2, "number of " + what);
        int count = Short.toUnsignedInt(in.getShort());
        if (count > most) {
            throw new UnreadableSlot(what + ": " + count + "; allowed is 0 to " + most);
        }
        return count;
    }

    private void need(int bytes, String what) throws UnreadableSlot {
        if (in.remaining() < bytes) {
            throw new UnreadableSlot(what + " needs " + bytes + " bytes; " + in.remaining() + " are left");
        }
    }
}

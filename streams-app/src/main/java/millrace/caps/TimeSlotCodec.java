package millrace.caps;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.caps.Exposure.State;

/**
 * A time slot as bytes, big-endian. Ids repeat within a slot, so each is written once:
 *
 * <pre>
 * 1 version (1) | 2 number of ids      | each: 2 length, UTF-8
 *               | 2 number of exposures | each: 8 time, 8 reservation, 1 state, 5 x 2 index of an id
 * </pre>
 */
final class TimeSlotCodec {
    private static final byte VERSION = 1;
    private static final int EXPOSURE_BYTES = 8 + 8 + 1 + 5 * 2;
    private static final int MAX_IDS = TimeSlot.MAX_EXPOSURES * 5;

    private TimeSlotCodec() {}

    static byte[] encode(TimeSlot slot) {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        slot.exposures().forEach(exposure -> idsOf(exposure).forEach(id -> indexes.putIfAbsent(id, indexes.size())));
        List<byte[]> ids = indexes.keySet().stream()
                .map(id -> id.getBytes(StandardCharsets.UTF_8))
                .toList();
        int idBytes = ids.stream().mapToInt(id -> 2 + id.length).sum();
        ByteBuffer out =
                ByteBuffer.allocate(1 + 2 + idBytes + 2 + slot.exposures().size() * EXPOSURE_BYTES);
        out.put(VERSION).putShort((short) ids.size());
        ids.forEach(id -> out.putShort((short) id.length).put(id));
        out.putShort((short) slot.exposures().size());
        for (Exposure exposure : slot.exposures()) {
            out.putLong(exposure.millis()).putLong(exposure.reservation());
            out.put((byte) (exposure.state() == State.SHOWN ? 1 : 0));
            idsOf(exposure)
                    .forEach(id -> out.putShort(requireNonNull(indexes.get(id)).shortValue()));
        }
        return out.array();
    }

    /** @throws UnreadableSlot whatever the bytes are, when they are not what {@link #encode} writes */
    static TimeSlot decode(byte[] bytes) throws UnreadableSlot {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        need(in, 1, "version");
        byte version = in.get();
        if (version != VERSION) {
            throw new UnreadableSlot("version is " + version + "; known is " + VERSION);
        }
        List<String> ids = ids(in);
        int count = count(in, "exposures", TimeSlot.MAX_EXPOSURES);
        need(in, count * EXPOSURE_BYTES, "exposures");
        List<Exposure> exposures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            exposures.add(exposure(in, ids));
        }
        if (in.hasRemaining()) {
            throw new UnreadableSlot(in.remaining() + " bytes after the last exposure");
        }
        return new TimeSlot(exposures);
    }

    private static List<String> ids(ByteBuffer in) throws UnreadableSlot {
        int count = count(in, "ids", MAX_IDS);
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = count(in, "bytes of an id", BoundedId.MAX_BYTES);
            need(in, length, "id");
            byte[] id = new byte[length];
            in.get(id);
            ids.add(new String(id, StandardCharsets.UTF_8));
        }
        return ids;
    }

    private static Exposure exposure(ByteBuffer in, List<String> ids) throws UnreadableSlot {
        long millis = in.getLong();
        long reservation = in.getLong();
        byte state = in.get();
        if (millis < 0 || state < 0 || state > 1) {
            throw new UnreadableSlot(
                    "exposure at " + millis + " in state " + state + "; time is 0 or more, state 0 or 1");
        }
        return new Exposure(
                Instant.ofEpochMilli(millis),
                id(in, ids),
                id(in, ids),
                id(in, ids),
                id(in, ids),
                id(in, ids),
                reservation,
                state == 1 ? State.SHOWN : State.RESERVED);
    }

    private static String id(ByteBuffer in, List<String> ids) throws UnreadableSlot {
        int index = Short.toUnsignedInt(in.getShort());
        if (index >= ids.size()) {
            throw new UnreadableSlot("id number " + index + " of " + ids.size());
        }
        return ids.get(index);
    }

    private static int count(ByteBuffer in, String what, int most) throws UnreadableSlot {
        need(in, 2, "number of " + what);
        int count = Short.toUnsignedInt(in.getShort());
        if (count > most) {
            throw new UnreadableSlot(what + ": " + count + "; allowed is 0 to " + most);
        }
        return count;
    }

    private static void need(ByteBuffer in, int bytes, String what) throws UnreadableSlot {
        if (in.remaining() < bytes) {
            throw new UnreadableSlot(what + " needs " + bytes + " bytes; " + in.remaining() + " are left");
        }
    }

    private static List<String> idsOf(Exposure exposure) {
        return List.of(
                exposure.campaign(),
                exposure.creative(),
                exposure.advertiser(),
                exposure.placement(),
                exposure.upstream());
    }
}

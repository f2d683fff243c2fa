package millrace.caps;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes time slots, in the form that {@link SlotBytes} describes and reads. */
final class TimeSlotCodec {
    private TimeSlotCodec() {}

    static byte[] encode(TimeSlot slot) {
        Map<String, Integer> numbers = new HashMap<>();
        List<byte[]> ids = new ArrayList<>();
        int[] idsOf = new int[slot.exposures().size() * SlotBytes.IDS];
        int idBytes = 0;
        int next = 0;
        for (Exposure exposure : slot.exposures()) {
            for (int scope = 0; scope < SlotBytes.IDS; scope++) {
                String id = id(exposure.subject(), scope);
                Integer known = numbers.get(id);
                if (known == null) {
                    known = ids.size();
                    numbers.put(id, known);
                    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
                    ids.add(bytes);
                    idBytes += 2 + bytes.length;
                }
                idsOf[next++] = known;
            }
        }
        return write(slot, ids, idBytes, idsOf);
    }

    private static byte[] write(TimeSlot slot, List<byte[]> ids, int idBytes, int[] idsOf) {
        int size = slot.exposures().size();
        ByteBuffer out = ByteBuffer.allocate(1 + 2 + idBytes + 2 + size * SlotBytes.EXPOSURE_BYTES);
        out.put(SlotBytes.VERSION).putShort((short) ids.size());
        ids.forEach(id -> out.putShort((short) id.length).put(id));
        out.putShort((short) size);
        int next = 0;
        for (Exposure exposure : slot.exposures()) {
            out.putLong(exposure.millis()).putLong(exposure.reservation()).putLong(exposure.session());
            out.put((byte) (exposure.lifetime() << 1 | (exposure.isReserved() ? 0 : 1)));
            for (int scope = 0; scope < SlotBytes.IDS; scope++) {
                out.putShort((short) idsOf[next++]);
            }
        }
        return out.array();
    }

    private static String id(CapSubject subject, int scope) {
        return switch (scope) {
            case 0 -> subject.campaign();
            case 1 -> subject.creative();
            case 2 -> subject.advertiser();
            case 3 -> subject.placement();
            default -> subject.upstream();
        };
    }
}

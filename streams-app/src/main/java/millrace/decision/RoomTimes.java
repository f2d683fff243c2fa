package millrace.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import millrace.schemas.RoomTime;

/** How long one request was in each room. For one thread. */
final class RoomTimes {
    /** The rooms, in the order in which a request walks. {@code INTAKE} is the wait from the topic to the decision. */
    enum Room {
        INTAKE,
        SESSION,
        SELECTION,
        UPSTREAM,
        CAPS,
        BUDGET,
        DELIVERY
    }

    private static final Room[] ROOMS = Room.values();
    private static final String[] NAMES = names();

    private final LongSupplier nanoTime;
    private final long[] nanos = new long[ROOMS.length];
    private final long began;
    private long last;

    RoomTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.last = began;
    }

    /** The time since the last call of this was spent in the room. */
    void spentIn(Room room) {
        long now = nanoTime.getAsLong();
        nanos[room.ordinal()] += now - last;
        last = now;
    }

    void waitedMillis(Room room, long millis) {
        nanos[room.ordinal()] += Math.max(0, millis) * 1_000_000;
    }

    long totalMicros() {
        return (nanoTime.getAsLong() - began) / 1_000;
    }

    List<RoomTime> list() {
        List<RoomTime> list = new ArrayList<>(ROOMS.length);
        for (Room room : ROOMS) {
            list.add(new RoomTime(NAMES[room.ordinal()], nanos[room.ordinal()] / 1_000));
        }
        return list;
    }

    private static String[] names() {
        String[] names = new String[ROOMS.length];
        for (Room room : ROOMS) {
            names[room.ordinal()] = room.name().toLowerCase(Locale.ROOT);
        }
        return names;
    }
}

package millrace.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import millrace.schemas.RoomTime;

/** How long one request was in each room. For one thread. */
final class RoomTimes {
    /** The rooms, in the order in which a request walks. {@code INTAKE} is the wait from the topic to the decision. */
    enum Room {
        INTAKE("intake"),
        SESSION("session"),
        SELECTION("selection"),
        UPSTREAM("upstream"),
        CAPS("caps"),
        BUDGET("budget"),
        DELIVERY("delivery");

        private final String word;

        Room(String word) {
            this.word = word;
        }
    }

    private static final Room[] ROOMS = Room.values();

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
    @SuppressWarnings("EnumOrdinal") // An array is all that this needs, and it lives as long as one request.
    void spentIn(Room room) {
        long now = nanoTime.getAsLong();
        nanos[room.ordinal()] += now - last;
        last = now;
    }

    /** From the broker's clock to ours, so only as good as they agree. */
    void waitedForIntake(long millis) {
        nanos[0] += Math.max(0, millis) * 1_000_000;
    }

    long totalMicros() {
        return (nanoTime.getAsLong() - began) / 1_000;
    }

    /** Adds what this request was to what all were. */
    void addTo(LongAdder[] all) {
        for (int i = 0; i < nanos.length; i++) {
            all[i].add(nanos[i]);
        }
    }

    static List<String> words() {
        return Arrays.stream(ROOMS).map(room -> room.word).toList();
    }

    List<RoomTime> list() {
        List<RoomTime> list = new ArrayList<>(ROOMS.length);
        for (int i = 0; i < ROOMS.length; i++) {
            list.add(new RoomTime(ROOMS[i].word, nanos[i] / 1_000));
        }
        return list;
    }
}

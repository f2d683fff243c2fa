package millrace.rotation;

import java.time.Duration;
import java.util.Arrays;

/** Calls and bad calls of the last while, in {@value #PARTS} parts of it; the oldest part goes as a whole. */
final class CallWindow {
    private static final int PARTS = 10;

    private final long partNanos;
    private final int[] calls = new int[PARTS];
    private final int[] bad = new int[PARTS];
    private long newest;

    CallWindow(Duration length, long now) {
        partNanos = Math.max(1, length.toNanos() / PARTS);
        newest = Math.floorDiv(now, partNanos);
    }

    void add(boolean isBad, long now) {
        moveTo(Math.floorDiv(now, partNanos));
        int part = (int) Math.floorMod(newest, (long) PARTS);
        calls[part]++;
        bad[part] += isBad ? 1 : 0;
    }

    private void moveTo(long part) {
        for (long gone = Math.max(newest + 1, part - PARTS + 1); gone <= part; gone++) {
            calls[(int) Math.floorMod(gone, (long) PARTS)] = 0;
            bad[(int) Math.floorMod(gone, (long) PARTS)] = 0;
        }
        newest = Math.max(newest, part);
    }

    long calls() {
        return Arrays.stream(calls).asLongStream().sum();
    }

    long bad() {
        return Arrays.stream(bad).asLongStream().sum();
    }
}

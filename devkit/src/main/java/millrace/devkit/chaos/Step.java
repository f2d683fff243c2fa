package millrace.devkit.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault at its time.
 *
 * @param at from the beginning of the load; later if the step before has not ended
 * @param number of all, from 0
 * @param draw decides everything about it that is left to chance
 */
record Step(Fault fault, Duration at, int number, long draw) {

    /** One of so many, the same for the same draw. */
    int oneOf(int count) {
        return (int) Math.floorMod(draw, (long) count);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%3d s %s", at.toSeconds(), fault.word());
    }
}

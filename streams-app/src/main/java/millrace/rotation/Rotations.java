package millrace.rotation;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What the rotations of a process share. Safe for any thread. */
public record Rotations(RotationSettings settings, Guards guards, RotationListener listener) {

    public static Rotations of(RotationSettings settings, RotationListener listener) {
        return new Rotations(settings, new Guards(listener), listener);
    }

    /** One task's own, for its thread. */
    public Rotation open(LongSupplier nanoTime, RandomGenerator random) {
        return new Rotation(settings, guards, nanoTime, random, listener);
    }
}

package millrace.rotation;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What the rotations of a process share. Safe for any thread. */
public record Rotations(RotationSettings settings, Guards guards, Plugins plugins, RotationListener listener) {

    public static Rotations of(RotationSettings settings, RotationListener listener) {
        return of(settings, Plugins.NONE, listener);
    }

    public static Rotations of(RotationSettings settings, Plugins plugins, RotationListener listener) {
        return new Rotations(settings, new Guards(listener), plugins, listener);
    }

    /** One task's own, for its thread. */
    public Rotation open(LongSupplier nanoTime, RandomGenerator random) {
        return new Rotation(settings, guards, plugins, nanoTime, random, listener);
    }
}

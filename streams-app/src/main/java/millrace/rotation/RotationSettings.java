package millrace.rotation;

import java.time.Duration;

/**
 * @param smoothing share of the latest call in an upstream's averages, above 0 and below 1
 * @param window over what least busy counts completed calls, one after the other
 */
public record RotationSettings(double smoothing, Duration window) {
    /** What was learnt loses most of its weight in a pause of twice this. */
    static final Duration FADE = Duration.ofSeconds(10);
    /** Calls of an upstream before it is judged by its times. */
    static final int TRIALS = 5;
    /** Each so-manieth choice of a judging selector goes to who was not asked for the longest time. */
    static final int LOOK_AGAIN = 50;

    public static final RotationSettings USUAL = new RotationSettings(0.2, Duration.ofHours(1));

    public RotationSettings {
        if (!(smoothing > 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "rotation.smoothing is " + smoothing + "; it must be above 0 and below 1");
        }
        if (!window.isPositive()) {
            throw new IllegalArgumentException("rotation.window is " + window + "; it must be positive");
        }
    }
}

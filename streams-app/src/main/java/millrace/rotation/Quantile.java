package millrace.rotation;

/**
 * About the time below which 95 of 100 answers come, learnt without keeping them: a sample above it lifts it by 95 parts of a small step, one below lowers it by 5,
 * so it rests where 5 of 100 are above. The step is a share of the value, so it finds any scale.
 */
final class Quantile {
    private static final double STEP = 0.05;
    private static final double ABOVE = 0.95;
    /** Samples before it says anything. */
    private static final int LEAST = 20;

    private double value;
    private long samples;

    void add(long nanos) {
        if (samples == 0) {
            value = nanos;
        }
        samples++;
        value += value * STEP * (nanos > value ? ABOVE : ABOVE - 1);
    }

    /** 0 as long as too little is known. */
    long nanos() {
        return samples < LEAST ? 0 : Math.max(1, (long) value);
    }
}

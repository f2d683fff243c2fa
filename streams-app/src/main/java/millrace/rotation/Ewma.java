package millrace.rotation;

/**
 * An average in which the latest counts most: {@code value += alpha * (sample - value)}; the first sample is the value. What was learnt before a
 * long pause counts for less: after a pause {@code t} the new sample has at least the share {@code 1 - exp(-t / fade)}, so one that was slow
 * an hour ago is judged by what it does now.
 */
final class Ewma {
    private final double alpha;
    private final double fadeNanos;
    private double value;
    private long at;
    private boolean begun;

    /** @param alpha share of the latest sample, above 0 and below 1 */
    Ewma(double alpha, long fadeNanos) {
        this.alpha = alpha;
        this.fadeNanos = fadeNanos;
    }

    void add(double sample, long now) {
        if (begun) {
            double share = Math.max(alpha, 1 - Math.exp(-Math.max(0, now - at) / fadeNanos));
            value += share * (sample - value);
        } else {
            value = sample;
            begun = true;
        }
        at = now;
    }

    boolean isKnown() {
        return begun;
    }

    /** 0 before the first sample. */
    double value() {
        return value;
    }

    /** When the last sample came. */
    long at() {
        return at;
    }
}

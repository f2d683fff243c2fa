package millrace.devkit.upstreams;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long an upstream takes. Written as {@code 50ms}, {@code 5ms..35ms} or {@code lognormal(40ms,0.5)}. */
public sealed interface Latency {

    Duration sample(RandomGenerator random);

    /** Half of all are longer. */
    Duration median();

    /** Always the same. Written as its duration. */
    record Fixed(Duration value) implements Latency {
        public Fixed {
            requireNotNegative(value);
        }

        @Override
        public Duration median() {
            return value;
        }

        @Override
        public Duration sample(RandomGenerator random) {
            return value;
        }

        @Override
        public String toString() {
            return LatencyText.of(value);
        }
    }

    /** Anything from {@code least} to {@code most}, all equally likely. Written as {@code least..most}. */
    record Uniform(Duration least, Duration most) implements Latency {
        public Uniform {
            requireNotNegative(least);
            if (most.compareTo(least) < 0) {
                throw new IllegalArgumentException("latency ends at %s, before it begins at %s"
                        .formatted(LatencyText.of(most), LatencyText.of(least)));
            }
        }

        @Override
        public Duration median() {
            return least.plus(most).dividedBy(2);
        }

        @Override
        public Duration sample(RandomGenerator random) {
            return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
        }

        @Override
        public String toString() {
            return LatencyText.of(least) + ".." + LatencyText.of(most);
        }
    }

    /**
     * Half of all below the median, a long tail above it: what real servers look like. Written as {@code lognormal(median,sigma)}.
     *
     * @param sigma standard deviation of the logarithm, 0 to 3; at 0.5 the slowest hundredth takes 3.2 medians and more
     */
    record LogNormal(Duration median, double sigma) implements Latency {
        private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();

        public LogNormal {
            requireNotNegative(median);
            if (!(sigma >= 0 && sigma <= 3)) {
                throw new IllegalArgumentException("latency sigma is " + sigma + "; allowed is 0 to 3");
            }
        }

        @Override
        public Duration sample(RandomGenerator random) {
            double nanos = median.toNanos() * Math.exp(sigma * random.nextGaussian());
            return Duration.ofNanos(Math.min((long) nanos, LONGEST_NANOS));
        }

        @Override
        public String toString() {
            return "lognormal(" + LatencyText.of(median) + "," + sigma + ")";
        }
    }

    static Latency millis(long millis) {
        return new Fixed(Duration.ofMillis(millis));
    }

    /** @throws IllegalArgumentException if the text is none of the three forms */
    static Latency parse(String text) {
        return LatencyText.parse(text.strip());
    }

    private static void requireNotNegative(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("latency is " + value + "; it must be 0 or more");
        }
    }
}

package millrace.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubles from {@code first} to {@code most}, and a random half of it is left out so that
 * many clients do not come back together.
 */
record Backoff(Duration first, Duration most) {

    /** @param failures in a row, at least 1 */
    Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, 30);
        long ceiling = Math.min(
                most.toNanos(), first.toNanos() << Math.min(doublings, Long.numberOfLeadingZeros(first.toNanos()) - 1));
        return Duration.ofNanos(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }
}

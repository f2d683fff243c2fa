package millrace.devkit.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When each request is due and whose it is, fixed before the first is sent. Arrivals are a Poisson process of which the total is known:
 * as bunched as those of strangers who know nothing of each other, and still exactly the rate.
 */
final class Schedule {

    private final long[] dueNanos;
    private final int[] users;
    private final int warmUpCount;
    private final Duration warmUp;
    private final Duration duration;

    private Schedule(LoadPlan plan, SplittableRandom random) {
        this.warmUp = plan.warmUp();
        this.duration = plan.duration();
        this.warmUpCount = plan.requestsIn(warmUp) / 3;
        this.dueNanos = new long[warmUpCount + plan.requestsIn(duration)];
        this.users = new int[dueNanos.length];
        rising(random);
        arrivals(warmUpCount, dueNanos.length, warmUp.toNanos(), duration, random);
        Arrays.setAll(users, i -> random.nextInt(plan.users()));
    }

    static Schedule of(LoadPlan plan) {
        return new Schedule(plan, new SplittableRandom(plan.seed()));
    }

    /**
     * The warm-up rises from nothing to the full rate as the square of the time. At the full rate at once, or soon, code that is not compiled
     * yet would make a backlog that says nothing of the code that is, and the compiler would learn what expires instead of what is
     * filled.
     */
    private void rising(SplittableRandom random) {
        for (int i = 0; i < warmUpCount; i++) {
            dueNanos[i] = (long) (warmUp.toNanos() * Math.cbrt(random.nextDouble()));
        }
        Arrays.sort(dueNanos, 0, warmUpCount);
    }

    private void arrivals(int from, int to, long startNanos, Duration within, SplittableRandom random) {
        for (int i = from; i < to; i++) {
            dueNanos[i] = startNanos + random.nextLong(within.toNanos());
        }
        Arrays.sort(dueNanos, from, to);
    }

    /** Requests in all, warm-up included; they are numbered from 0 in the order of their due times. */
    int size() {
        return dueNanos.length;
    }

    /** Nanoseconds from the start of the load. */
    long dueNanos(int request) {
        return dueNanos[request];
    }

    /** From 0 to the plan's users. */
    int user(int request) {
        return users[request];
    }

    boolean isMeasured(int request) {
        return request >= warmUpCount;
    }

    int measured() {
        return size() - warmUpCount;
    }

    /** Where the measured part begins, in nanoseconds from the start of the load. */
    long measureFromNanos() {
        return warmUp.toNanos();
    }

    long measureToNanos() {
        return warmUp.plus(duration).toNanos();
    }

    Duration warmUp() {
        return warmUp;
    }

    Duration duration() {
        return duration;
    }
}

package millrace.devkit.load;

import java.time.Duration;

/**
 * What is asked of the pipeline.
 *
 * @param ratePerSecond requests a second on average, 1 to 1,000,000
 * @param warmUp first part, at the same rate, that no figure counts; 0 or more
 * @param duration part that is measured, above 0
 * @param users how many there are, all equally often, 1 to 9,999,999
 * @param placement that every request is for
 * @param seed of due times and users
 * @param patience how long after the last due time answers are waited for; what has not come by then is lost
 */
public record LoadPlan(
        int ratePerSecond,
        Duration warmUp,
        Duration duration,
        int users,
        String placement,
        long seed,
        Duration patience) {

    static final int MOST_USERS = 9_999_999;
    private static final int FASTEST = 1_000_000;
    private static final long MOST_REQUESTS = 50_000_000;

    public LoadPlan {
        requireRange("rate", ratePerSecond, FASTEST);
        requireRange("users", users, MOST_USERS);
        if (warmUp.isNegative() || patience.isNegative() || !duration.isPositive()) {
            throw new IllegalArgumentException(
                    "warm-up is %s, duration %s, patience %s; a duration must be above 0, the others not below"
                            .formatted(warmUp, duration, patience));
        }
        if (requests(ratePerSecond, warmUp.plus(duration)) > MOST_REQUESTS) {
            throw new IllegalArgumentException("rate times time is %d requests; allowed is up to %d"
                    .formatted(requests(ratePerSecond, warmUp.plus(duration)), MOST_REQUESTS));
        }
    }

    /** How many requests are due in that time. */
    int requestsIn(Duration time) {
        return (int) requests(ratePerSecond, time);
    }

    private static long requests(int ratePerSecond, Duration time) {
        return Math.round(ratePerSecond * (time.toNanos() / 1e9));
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is 1 to " + most);
        }
    }
}

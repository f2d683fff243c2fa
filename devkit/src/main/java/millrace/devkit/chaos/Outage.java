package millrace.devkit.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import millrace.devkit.referee.Disturbance;

/**
 * Something stopped answering. Times are nanoseconds from the beginning of the load.
 *
 * @param what and whom, for people
 * @param kind of it
 * @param began when it was stopped
 * @param from when its recovery is counted from: when it was stopped, or when the process that replaces it was started
 * @param partitions of {@code ad-requests} that it had
 * @param at when it was stopped, by the harness's clock
 */
record Outage(String what, Kind kind, long began, long from, Set<Integer> partitions, Instant at) {
    /** By then all of its work is somebody else's, and what was decided twice because of it has been. */
    private static final Duration OVER = Duration.ofSeconds(30);

    enum Kind {
        /** Killed, others take over. */
        TAKEN_OVER,
        /** Killed, and started again in place at once. */
        REVIVED,
        /** Killed together with others. */
        WITH_OTHERS,
        /** Told to stop. */
        LEFT,
        /** Paused beyond its session. */
        ASLEEP,
        /** The broker. */
        BROKER
    }

    Outage {
        partitions = Set.copyOf(partitions);
    }

    Disturbance disturbance() {
        return new Disturbance(at, at.plus(OVER));
    }
}

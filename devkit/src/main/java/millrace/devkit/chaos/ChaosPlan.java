package millrace.devkit.chaos;

import java.time.Duration;
import java.util.List;
import millrace.config.Guarantee;

/**
 * What a run does.
 *
 * @param duration of the load, without start, warm-up and drain
 * @param instances of the pipeline, 1 to 9
 * @param rate requests a second, 10 to 5000
 * @param faults each once or more; may be none
 * @param seed of timetable, requests and viewers
 */
record ChaosPlan(Duration duration, int instances, int rate, Guarantee guarantee, List<Fault> faults, long seed) {
    /** The load comes so long before the timetable begins, and counts for nothing: code that just started is slow. */
    static final Duration WARM_UP = Duration.ofSeconds(8);

    /** Before the first fault and after the last, nothing happens: what it costs can be seen. */
    static final Duration CALM = Duration.ofSeconds(6);

    static final int PARTITIONS = 6;

    ChaosPlan {
        faults = List.copyOf(faults);
        range("--instances", instances, 1, 9);
        range("--rate", rate, 10, 5_000);
        if (duration.compareTo(shortest(faults)) < 0) {
            throw new IllegalArgumentException("--duration is %d s; these faults need %d s"
                    .formatted(duration.toSeconds(), shortest(faults).toSeconds()));
        }
    }

    private static void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; allowed is " + least + " to " + most);
        }
    }

    /** With each of the faults once. */
    static Duration shortest(List<Fault> faults) {
        return faults.stream().map(Fault::alone).reduce(CALM.multipliedBy(2), Duration::plus);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /** About how many requests the load sends. */
    long requests() {
        return rate * duration.toSeconds();
    }
}

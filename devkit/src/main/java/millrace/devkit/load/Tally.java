package millrace.devkit.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The books of one run: which request was answered, how often, when and how. One byte a request and no map, since the numbers of the
 * requests are an index. Answers are booked by one thread; {@link #answered} may be read by any.
 */
final class Tally {

    private static final int MOST_COUNTED = Byte.MAX_VALUE;
    private static final String SHED = "OVERLOADED";

    private final Schedule schedule;
    private final byte[] answers;
    private final Histogram latencyMicros = new Histogram(3);
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long measuredAnswered;
    private long duplicated;
    private long withinWindow;
    private volatile int answered;

    Tally(Schedule schedule) {
        this.schedule = schedule;
        this.answers = new byte[schedule.size()];
    }

    /** @param atNanos when the answer came, from the start of the load */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the booking thread alone.
    void book(Answer answer, long atNanos) {
        int request = answer.request();
        if (request >= answers.length) {
            return;
        }
        if (atNanos >= schedule.measureFromNanos() && atNanos < schedule.measureToNanos() && answers[request] == 0) {
            withinWindow++;
        }
        if (answers[request] < MOST_COUNTED) {
            answers[request]++;
        }
        if (answers[request] > 1) {
            // Warm-up or not: there is never an excuse for a second answer.
            duplicated++;
            return;
        }
        answered++;
        if (schedule.isMeasured(request)) {
            measuredAnswered++;
            latencyMicros.recordValue(Math.max(0, (atNanos - schedule.dueNanos(request)) / 1_000));
            outcomes.merge(answer.outcome(), 1L, Long::sum);
        }
    }

    /** Requests with an answer, warm-up included. */
    int answered() {
        return answered;
    }

    boolean isComplete() {
        return answered == answers.length;
    }

    /**
     * The figures of the measured part. On the booking thread, or once that has ended.
     *
     * @param latestSendNanos how long after its due time a request was sent at worst
     */
    LoadReport report(long latestSendNanos) {
        Map<String, Long> noFills = new TreeMap<>(outcomes);
        long filled = orZero(noFills.remove(Answer.FILLED));
        return new LoadReport(
                schedule.warmUp(),
                schedule.measured(),
                measuredAnswered,
                withinWindow / (schedule.duration().toNanos() / 1e9),
                millis(latencyMicros.getValueAtPercentile(50)),
                millis(latencyMicros.getValueAtPercentile(99)),
                millis(latencyMicros.getValueAtPercentile(99.9)),
                millis(latencyMicros.getMaxValue()),
                schedule.measured() - measuredAnswered,
                duplicated,
                noFills.getOrDefault(SHED, 0L),
                filled,
                noFills,
                latestSendNanos / 1e6);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static double millis(long micros) {
        return micros / 1e3;
    }
}

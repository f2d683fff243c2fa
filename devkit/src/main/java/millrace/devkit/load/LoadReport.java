package millrace.devkit.load;

import java.time.Duration;
import java.util.Map;

/**
 * What came of a load. Latencies are from the moment at which a request was due to the moment at which the reader had its answer.
 *
 * @param warmUp what was left out before the measured part
 * @param offered requests due in the measured part
 * @param answered of those, answered within the patience
 * @param perSecond first answers that arrived during the measured part, a second: below the rate if the pipeline falls behind, above it
 *     if it was still catching up from the warm-up
 * @param p50Ms median latency in milliseconds, of {@code answered}
 * @param p99Ms 99th percentile
 * @param p999Ms 99.9th percentile
 * @param maxMs the slowest
 * @param lost offered and not answered
 * @param duplicated answers beyond the first of a request, warm-up included
 * @param shed answered with reason OVERLOADED
 * @param filled answered with an ad
 * @param noFillByReason answered without one, by reason; REFUSED if no slot was decided
 * @param latestSendMs how late the load itself was at worst; near the latencies, the load is what was measured
 */
public record LoadReport(
        Duration warmUp,
        long offered,
        long answered,
        double perSecond,
        double p50Ms,
        double p99Ms,
        double p999Ms,
        double maxMs,
        long lost,
        long duplicated,
        long shed,
        long filled,
        Map<String, Long> noFillByReason,
        double latestSendMs) {

    public LoadReport {
        noFillByReason = Map.copyOf(noFillByReason);
    }
}

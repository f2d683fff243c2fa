package millrace.devkit.bench;

import java.time.Duration;
import millrace.config.Calls;
import millrace.devkit.load.AnswerReader;
import millrace.devkit.load.LoadPlan;
import millrace.devkit.upstreams.Latency;

/**
 * What is measured.
 *
 * @param threads stream threads of the pipeline
 * @param partitions of ad-requests
 */
record BenchPlan(
        int ratePerSecond,
        Duration warmUp,
        Duration duration,
        int users,
        Latency upstreamLatency,
        Calls calls,
        AnswerReader reader,
        int threads,
        int partitions) {

    private static final long SEED = 20_260_101;

    /** Requests that have waited this long will not be answered: no deadline of the bench is near it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    LoadPlan load() {
        return new LoadPlan(ratePerSecond, warmUp, duration, users, BenchCatalog.PLACEMENT, SEED, PATIENCE);
    }

    /** A few requests, to see whether the catalog has arrived. Slow enough for blocking calls. */
    LoadPlan probe() {
        return new LoadPlan(
                5,
                Duration.ZERO,
                Duration.ofSeconds(1),
                users,
                BenchCatalog.PLACEMENT,
                SEED,
                BenchCatalog.DEADLINE.multipliedBy(2));
    }
}

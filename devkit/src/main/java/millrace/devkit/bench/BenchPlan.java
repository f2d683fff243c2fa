package millrace.devkit.bench;

import java.time.Duration;
import java.util.Map;
import millrace.config.Calls;
import millrace.devkit.load.AnswerReader;
import millrace.devkit.load.LoadPlan;
import millrace.devkit.upstreams.Latency;

/**
 * What is measured.
 *
 * @param bidders that bid for every slot; with none, one VAST server holds all ads
 * @param threads stream threads of the pipeline
 * @param partitions of ad-requests
 * @param door that requests come in by
 * @param settings of pipeline and gateway that are not at their default, by name
 */
record BenchPlan(
        int ratePerSecond,
        Duration warmUp,
        Duration duration,
        int users,
        Latency upstreamLatency,
        Calls calls,
        AnswerReader reader,
        int bidders,
        int threads,
        int partitions,
        Door door,
        Map<String, String> settings) {

    enum Door {
        /** Straight to the topic. */
        KAFKA,
        /** Over HTTP, to a gateway in a process of its own. */
        GATEWAY
    }

    private static final int MOST_BIDDERS = 50;
    /** For the rate to change. */
    private static final Duration STEP = Duration.ofSeconds(5);

    private static final long SEED = 20_260_101;

    /** Requests that have waited this long will not be answered: no deadline of the bench is near it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    BenchPlan {
        settings = Map.copyOf(settings);
        if (bidders < 0 || bidders > MOST_BIDDERS) {
            throw new IllegalArgumentException("--bidders is " + bidders + "; allowed is 0 to " + MOST_BIDDERS);
        }
    }

    /** The same at another rate, of processes that are warm. */
    BenchPlan at(int rate) {
        return new BenchPlan(
                rate,
                STEP,
                duration,
                users,
                upstreamLatency,
                calls,
                reader,
                bidders,
                threads,
                partitions,
                door,
                settings);
    }

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

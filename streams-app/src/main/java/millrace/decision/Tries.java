package millrace.decision;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import millrace.catalog.RetryTerms;
import millrace.catalog.Supply;
import millrace.upstream.UpstreamFailure;

/** Which upstreams of one slot had nothing, and which of them may be asked once more. For the stream thread only. */
final class Tries {
    private final Set<String> failed = new LinkedHashSet<>();
    /** Of these, whose failure may be over in a moment. */
    private final Set<String> passing = new LinkedHashSet<>();

    private int again;

    boolean hasFailed(String upstream) {
        return failed.contains(upstream);
    }

    /** It answered, and has nothing for this slot. */
    void hadNothing(String upstream) {
        failed.add(upstream);
    }

    void failed(String upstream, UpstreamFailure failure, RetryTerms terms) {
        failed.add(upstream);
        boolean mayPass = switch (failure) {
            case UpstreamFailure.Unreachable unreachable -> true;
            case UpstreamFailure.HttpStatus(int status, String message) -> status >= 500 && terms.statuses();
            case UpstreamFailure.TimedOut timedOut -> false;
            case UpstreamFailure.Malformed malformed -> false;
            case UpstreamFailure.Refused refused -> false;
            case UpstreamFailure.Cancelled cancelled -> false;
        };
        if (mayPass) {
            passing.add(upstream);
        }
    }

    /**
     * When everybody of the pool has been asked: how long to wait until those whose failure may be over are asked again.
     *
     * @param left time for it
     * @return empty when nobody is asked again
     */
    Optional<Duration> pause(Supply.Pooled pool, Duration left, RandomGenerator random) {
        RetryTerms terms = pool.rules().retry();
        if (again >= terms.times() || pool.upstreams().stream().noneMatch(passing::contains)) {
            return Optional.empty();
        }
        // From half to one and a half of it, so that those who failed together do not come back together.
        long usual = terms.pause().toNanos() << again;
        Duration pause = Duration.ofNanos(usual / 2 + random.nextLong(usual + 1));
        if (pause.compareTo(left) >= 0) {
            return Optional.empty();
        }
        again++;
        pool.upstreams().stream().filter(passing::remove).forEach(failed::remove);
        return Optional.of(pause);
    }
}

package millrace.decision;

import java.time.Duration;

/**
 * @param deadline total time for an answer when neither request nor placement says
 * @param margin part of the deadline kept for our own way back, never given to an upstream
 * @param inFlight most requests in flight on one partition
 * @param duplicates how long a request id is remembered
 * @param candidates most campaigns that one slot goes through
 * @param documents most documents that one request asks upstreams for, over all its slots
 * @param calls whether the stream thread waits for upstreams
 */
public record DecisionSettings(
        Duration deadline,
        Duration margin,
        int inFlight,
        Duration duplicates,
        int candidates,
        int documents,
        Calls calls) {

    /** Waiting is there to be measured against, and for nothing else. */
    public enum Calls {
        ASYNC,
        BLOCKING
    }

    public DecisionSettings {
        if (inFlight < 1 || inFlight > 100_000) {
            throw new IllegalArgumentException("decision.inflight.max is " + inFlight + "; allowed is 1 to 100000");
        }
        if (candidates < 1 || candidates > 1_000) {
            throw new IllegalArgumentException("decision.candidates.max is " + candidates + "; allowed is 1 to 1000");
        }
        if (documents < 1 || documents > 10_000) {
            throw new IllegalArgumentException("decision.documents.max is " + documents + "; allowed is 1 to 10000");
        }
        if (margin.compareTo(deadline) >= 0) {
            throw new IllegalArgumentException(
                    "decision.margin is " + margin + "; it must be below decision.deadline, " + deadline);
        }
    }

    public static DecisionSettings defaults() {
        return new DecisionSettings(
                Duration.ofMillis(300), Duration.ofMillis(20), 5_000, Duration.ofMinutes(2), 20, 100, Calls.ASYNC);
    }
}

package millrace.gateway.ask;

import millrace.schemas.AdResponse;

/** What came of asking the pipeline. */
public sealed interface Outcome {

    record Answered(AdResponse answer) implements Outcome {}

    /** The time was over. An answer that comes all the same is nobody's. */
    record Late() implements Outcome {}

    /** Too many were waiting already, so nothing was asked. */
    record Overloaded() implements Outcome {}

    /** Kafka did not take the request. */
    record Unsent(String reason) implements Outcome {}
}

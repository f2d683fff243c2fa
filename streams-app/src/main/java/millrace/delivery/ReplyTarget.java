package millrace.delivery;

import java.util.OptionalInt;

/** Where a requester wants its answer. */
public sealed interface ReplyTarget {

    /** It does not say: on ad-responses. */
    record None() implements ReplyTarget {}

    /** @param partition exists; empty is by key */
    record Target(String topic, OptionalInt partition) implements ReplyTarget {}

    /** It asks for what it may not have; the answer goes to ad-responses, the reason to dead-letters. */
    record Refused(String reason) implements ReplyTarget {}
}

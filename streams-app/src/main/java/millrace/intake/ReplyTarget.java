package millrace.intake;

import java.util.OptionalInt;

/** Where a request wants its answer. */
public sealed interface ReplyTarget {

    /** Nowhere in particular: on ad-responses, by user key. */
    record Usual() implements ReplyTarget {}

    /** @param partition absent: by user key */
    record Asked(String topic, OptionalInt partition) implements ReplyTarget {}

    /** @param reason what, where, the value, what is allowed */
    record Refused(String reason) implements ReplyTarget {}
}

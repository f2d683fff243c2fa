package millrace.topics;

import java.time.Duration;

/** When a broker may drop a record. */
public sealed interface Cleanup {

    /** After this time. */
    record Delete(Duration retention) implements Cleanup {
        public Delete {
            if (retention.toMillis() < 1) {
                throw new IllegalArgumentException("retention is " + retention + "; it must be 1 ms or more");
            }
        }
    }

    /** When a newer record has its key: the topic is a table. */
    record Compact() implements Cleanup {}

    /** The value of the broker's {@code cleanup.policy}. */
    default String policy() {
        return switch (this) {
            case Delete _ -> "delete";
            case Compact() -> "compact";
        };
    }
}

package millrace.devkit.load;

import org.apache.kafka.common.IsolationLevel;

/** Which answers a reader sees. */
public enum AnswerReader {
    /** Only those of committed transactions: exactly one a request. */
    COMMITTED(IsolationLevel.READ_COMMITTED),
    /** All, about a commit interval sooner; after a crash there may be a second one, and the first counts. */
    UNCOMMITTED(IsolationLevel.READ_UNCOMMITTED);

    private final IsolationLevel level;

    AnswerReader(IsolationLevel level) {
        this.level = level;
    }

    /** The value of a consumer's {@code isolation.level}. */
    String isolation() {
        return level.toString();
    }
}

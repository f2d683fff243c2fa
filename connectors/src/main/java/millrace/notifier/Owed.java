package millrace.notifier;

import java.util.Optional;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.trace.TraceContext;

/**
 * A notice on its way. For one thread.
 */
final class Owed {
    private final Notice notice;
    private final int partition;
    private final long offset;
    private final PartitionBook book;
    private final Optional<TraceContext> trace;
    private int attempts;

    /**
     * @param book of the partition, in the life in which it was read
     * @param trace of the request or the event that it is owed for
     */
    Owed(Notice notice, int partition, long offset, PartitionBook book, Optional<TraceContext> trace) {
        this.notice = notice;
        this.partition = partition;
        this.offset = offset;
        this.book = book;
        this.trace = trace;
    }

    Notice notice() {
        return notice;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    PartitionBook book() {
        return book;
    }

    Optional<TraceContext> trace() {
        return trace;
    }

    boolean isBilling() {
        return notice.getKind() == NoticeKind.BILLING;
    }

    int attempts() {
        return attempts;
    }

    void begun() {
        attempts++;
    }
}

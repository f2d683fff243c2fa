package millrace.notifier;

import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;

/**
 * A notice on its way. For one thread.
 */
final class Owed {
    private final Notice notice;
    private final int partition;
    private final long offset;
    private final PartitionBook book;
    private int attempts;

    /** @param book of the partition, in the life in which it was read */
    Owed(Notice notice, int partition, long offset, PartitionBook book) {
        this.notice = notice;
        this.partition = partition;
        this.offset = offset;
        this.book = book;
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

package millrace.rotation;

/** Counts the leases of one upstream. */
final class Tally {
    private long active;
    private long completed;
    private long failed;

    void opened() {
        active++;
    }

    void completed() {
        active--;
        completed++;
    }

    void ignored() {
        active--;
    }

    void failed() {
        active--;
        failed++;
    }

    UpstreamCounts counts() {
        return new UpstreamCounts(active, completed, failed);
    }
}

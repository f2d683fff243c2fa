package millrace.rotation;

/** What is known of one upstream in one partition. For its stream thread. Nothing is allocated after its making. */
final class UpstreamStats {
    /** A usual time that is older says nothing. */
    private static final long REMEMBERED = 60_000_000_000L;

    private final long windowNanos;
    private final Ewma usual;
    private final Ewma toll;
    private final Ewma success;
    private double speed;
    private long active;
    private long completed;
    private long failed;
    private long opened;
    private long openedAt;
    private long window = Long.MIN_VALUE;
    private long completedInWindow;

    UpstreamStats(RotationSettings settings) {
        long fade = RotationSettings.FADE.toNanos();
        windowNanos = settings.window().toNanos();
        usual = new Ewma(settings.smoothing(), fade);
        toll = new Ewma(settings.smoothing(), fade);
        success = new Ewma(settings.smoothing(), fade);
    }

    void opened(long now) {
        active++;
        opened++;
        openedAt = now;
    }

    void completed(long took, long now) {
        active--;
        completed++;
        countInWindow(now);
        usual.add((double) took, now);
        tolled(took, now);
        success.add(1, now);
    }

    void ignored() {
        active--;
    }

    /**
     * A call that failed costs whoever waits for it as much as one that never answers. Of the usual time it says nothing, unless it took longer:
     * then the answer would have taken at least as long.
     */
    void failed(long took, long timeout, long now) {
        active--;
        failed++;
        countInWindow(now);
        if (took > usual.value()) {
            usual.add((double) took, now);
        }
        tolled(Math.max(took, timeout), now);
        success.add(0, now);
    }

    private void tolled(long nanos, long now) {
        toll.add((double) nanos, now);
        speed = 1 / Math.max(toll.value(), 1_000);
    }

    private void countInWindow(long now) {
        long current = Math.floorDiv(now, windowNanos);
        if (window != current) {
            window = current;
            completedInWindow = 0;
        }
        completedInWindow++;
    }

    long active() {
        return active;
    }

    long completed() {
        return completed;
    }

    long failed() {
        return failed;
    }

    /** Calls ended in the window of {@code now}. Windows follow each other; they do not slide. */
    long completedInWindow(long currentWindow) {
        return window == currentWindow ? completedInWindow : 0;
    }

    long opened() {
        return opened;
    }

    long openedAt() {
        return openedAt;
    }

    /** How long an answer usually takes; 0 when that is not known, or was learnt too long ago. */
    long usualNanos(long now) {
        return usual.isKnown() && now - usual.at() < REMEMBERED ? (long) usual.value() : 0;
    }

    boolean isJudged() {
        return completed + failed >= RotationSettings.TRIALS;
    }

    /** The inverse of the average time of a call in nanoseconds, a failed one counted as the whole timeout. */
    double speed() {
        return speed;
    }

    /** From 0.02 to 1: however often it failed, it is not given up. 1 when nothing is known. */
    double successRate() {
        return success.isKnown() ? Math.max(success.value(), 0.02) : 1;
    }

    UpstreamCounts counts() {
        return new UpstreamCounts(active, completed, failed);
    }
}

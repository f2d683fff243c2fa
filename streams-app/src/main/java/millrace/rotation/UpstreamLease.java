package millrace.rotation;

import millrace.catalog.UpstreamConfig;

/**
 * One use of an upstream, from its choice to its outcome. It is closed exactly once; closing it again changes no count, and
 * is itself counted ({@link Rotation#closedAgain}) because it is a bug of the caller's. It keeps the configuration that was
 * chosen and tells the rotation that chose it, whatever the catalog says later. Stays on the thread that opened it.
 */
public final class UpstreamLease {
    private final Rotation rotation;
    private final PoolRotation pool;
    private final int member;
    private final UpstreamConfig upstream;
    private final UpstreamStats stats;
    private final Breaker breaker;
    private final long pass;
    private final long openedAt;
    private boolean open = true;

    UpstreamLease(Rotation rotation, PoolRotation pool, int member, long now) {
        this.rotation = rotation;
        this.pool = pool;
        this.member = member;
        this.upstream = pool.members().config(member);
        this.stats = pool.members().stats(member);
        this.breaker = pool.members().guard(member).breaker();
        this.pass = pool.members().pass();
        this.openedAt = now;
        stats.opened(now);
    }

    public UpstreamConfig upstream() {
        return upstream;
    }

    /**
     * How long this upstream usually takes to answer, in nanoseconds: an average in which the latest answers count most. 0 when nothing is known, or nothing was
     * learnt within the last minute.
     */
    public long usualNanos() {
        return stats.usualNanos(openedAt);
    }

    /** The time below which 95 of 100 answers of its pool come, in nanoseconds; 0 when too little is known. */
    public long usualMostNanos() {
        return pool.usualMostNanos();
    }

    /** It answered properly; having no ad is a proper answer. */
    public void success() {
        if (closes()) {
            long now = rotation.now();
            stats.completed(now - openedAt, now);
            breaker.answered(pass, now - openedAt, now);
            pool.answered(now - openedAt);
            pool.learnt(member);
        }
    }

    /** The outcome says nothing about it: we never called, or ended the call ourselves. */
    public void ignored() {
        if (closes()) {
            stats.ignored();
            breaker.ignored(pass, rotation.now());
        }
    }

    /** It failed: no answer in time, or not a proper one. */
    public void dropped() {
        if (closes()) {
            long now = rotation.now();
            stats.failed(now - openedAt, upstream.timeout().toNanos(), now);
            breaker.failed(pass, now);
            pool.learnt(member);
        }
    }

    /**
     * It had no answer when the time for it was over. When that was less than it usually takes, we asked too late, and that says nothing about it.
     */
    public void timedOut() {
        if (rotation.now() - openedAt < stats.usualNanos(openedAt)) {
            ignored();
        } else {
            dropped();
        }
    }

    private boolean closes() {
        boolean first = open;
        open = false;
        if (!first) {
            rotation.closedTwice();
        }
        return first;
    }
}

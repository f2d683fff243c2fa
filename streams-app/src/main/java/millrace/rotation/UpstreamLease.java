package millrace.rotation;

import millrace.catalog.UpstreamConfig;

/**
 * One use of an upstream, from its choice to its outcome. It is closed exactly once; closing it again changes no count, and
 * is itself counted ({@link Rotation#closedAgain}) because it is a bug of the caller's. It keeps the configuration that was
 * chosen, whatever the catalog says later. Stays on the thread that opened it.
 */
public final class UpstreamLease {
    private final UpstreamConfig upstream;
    private final Tally tally;
    private final Rotation rotation;
    private boolean open = true;

    UpstreamLease(UpstreamConfig upstream, Tally tally, Rotation rotation) {
        this.upstream = upstream;
        this.tally = tally;
        this.rotation = rotation;
        tally.opened();
    }

    public UpstreamConfig upstream() {
        return upstream;
    }

    /** It answered properly; having no ad is a proper answer. */
    public void success() {
        if (closes()) {
            tally.completed();
        }
    }

    /** The outcome says nothing about it: we never called, or ended the call ourselves. */
    public void ignored() {
        if (closes()) {
            tally.ignored();
        }
    }

    /** It failed: no answer in time, or not a proper one. */
    public void dropped() {
        if (closes()) {
            tally.failed();
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

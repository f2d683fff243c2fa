package millrace.rotation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import millrace.catalog.UpstreamConfig;

/** The guards of all upstreams, shared by the rotations of a process. Safe for any thread. */
public final class Guards {
    static final int MAX_GUARDS = 65_536;

    private final ConcurrentMap<String, Guard> byUpstream = new ConcurrentHashMap<>();
    private final RotationListener listener;

    public Guards(RotationListener listener) {
        this.listener = listener;
    }

    Guard of(UpstreamConfig upstream, long now) {
        Guard known = byUpstream.get(upstream.id());
        if (known != null && known.isOf(upstream)) {
            return known;
        }
        if (byUpstream.size() >= MAX_GUARDS) {
            // Ids that were and are no more; whoever uses a guard keeps it.
            byUpstream.clear();
        }
        return byUpstream.compute(
                upstream.id(),
                (_, other) -> other != null && other.isOf(upstream) ? other : new Guard(upstream, now, listener));
    }
}

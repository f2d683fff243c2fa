package example.rotation;

import java.util.List;
import millrace.rotation.plugin.FilterPlugin;
import millrace.rotation.plugin.PoolFilter;

/** Lets through who has fewer than a hundred calls of this partition out. */
public final class NotBusy implements FilterPlugin {
    private static final int MOST = 100;

    @Override
    public String name() {
        return "not-busy";
    }

    @Override
    public PoolFilter open(List<String> upstreams) {
        return (pool, place) -> pool.active(place) < MOST;
    }

    /** Somebody who stays with a busy upstream comes back to it. */
    @Override
    public boolean isLasting() {
        return false;
    }
}

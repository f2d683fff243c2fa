package millrace.rotation;

import java.util.List;
import java.util.Objects;
import millrace.rotation.plugin.FilterPlugin;
import millrace.rotation.plugin.PoolFilter;
import org.jspecify.annotations.Nullable;

/** A filter of somebody else's. Where it fails, its answer is the one that it named for that when it was loaded. */
final class PluggedFilter implements Filter {
    private final FilterPlugin plugin;
    private final boolean letsWhenBroken;
    private final boolean isLasting;
    private final PluginCalls calls;
    private final List<String> upstreams;
    private @Nullable PoolFilter opened;

    PluggedFilter(Plugins.OfFilter loaded, PluginCalls calls, List<String> upstreams) {
        this.plugin = loaded.plugin();
        this.letsWhenBroken = loaded.letsWhenBroken();
        this.isLasting = loaded.isLasting();
        this.calls = calls;
        this.upstreams = upstreams;
    }

    @Override
    public boolean lets(Members members, int member) {
        long now = members.now();
        long pass = calls.enter(now);
        if (pass == Breaker.REFUSED) {
            return letsWhenBroken;
        }
        try {
            boolean lets = opened().lets(members.view(), member);
            calls.went(pass, now);
            return lets;
        } catch (Throwable e) {
            // A plugin's fault, whatever it is, must not end the thread that everybody's requests wait for.
            calls.failed(pass, now, e);
            return letsWhenBroken;
        }
    }

    private PoolFilter opened() {
        PoolFilter known = opened;
        if (known == null) {
            known = Objects.requireNonNull(plugin.open(upstreams), "open returned null");
            opened = known;
        }
        return known;
    }

    @Override
    public boolean isLasting() {
        return isLasting;
    }
}

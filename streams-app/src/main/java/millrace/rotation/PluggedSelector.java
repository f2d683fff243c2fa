package millrace.rotation;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import millrace.rotation.plugin.PoolSelector;
import millrace.rotation.plugin.SelectorPlugin;
import org.jspecify.annotations.Nullable;

/** A selector of somebody else's. When it fails, or names somebody who may not be chosen, it has no choice, so the pool's fallback serves. */
final class PluggedSelector implements Selector {
    private final PluginCalls calls;
    private final SelectorPlugin plugin;
    private final List<String> upstreams;
    private final RandomGenerator random;
    private @Nullable PoolSelector opened;

    PluggedSelector(SelectorPlugin plugin, PluginCalls calls, List<String> upstreams, RandomGenerator random) {
        this.plugin = plugin;
        this.calls = calls;
        this.upstreams = upstreams;
        this.random = random;
    }

    @Override
    public int select(Members members) {
        long now = members.now();
        long pass = calls.enter(now);
        if (pass == Breaker.REFUSED) {
            return NONE;
        }
        try {
            int chosen = opened().select(members.view());
            if (chosen == NONE || isEligible(members, chosen)) {
                calls.went(pass, now);
                return chosen;
            }
            calls.failed(pass, now, new NotEligible(chosen, members.size()));
        } catch (Throwable e) {
            // A plugin's fault, whatever it is, must not end the thread that everybody's requests wait for.
            calls.failed(pass, now, e);
        }
        return NONE;
    }

    private static boolean isEligible(Members members, int chosen) {
        return chosen >= 0 && chosen < members.size() && members.isEligible(chosen);
    }

    private PoolSelector opened() {
        PoolSelector known = opened;
        if (known == null) {
            known = Objects.requireNonNull(plugin.open(upstreams, random), "open returned null");
            opened = known;
        }
        return known;
    }

    @Override
    public void taken(int member) {
        PoolSelector known = opened;
        if (known != null) {
            try {
                known.taken(member);
            } catch (Throwable e) {
                // As above.
                calls.tell(e);
            }
        }
    }

    @Override
    public void learnt(Members members, int member) {
        PoolSelector known = opened;
        if (known != null) {
            try {
                known.learnt(members.view(), member);
            } catch (Throwable e) {
                // As above.
                calls.tell(e);
            }
        }
    }

    /** It chose somebody who may not be chosen. */
    private static final class NotEligible extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotEligible(int chosen, int size) {
            super(
                    "chose place " + chosen + " of " + size + ", which is not eligible",
                    null,
                    false,
                    // Where it was made says nothing of the plugin.
                    false);
        }
    }
}

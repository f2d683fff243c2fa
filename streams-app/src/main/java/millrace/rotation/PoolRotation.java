package millrace.rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import millrace.catalog.Catalog;
import millrace.catalog.PoolRules;
import millrace.catalog.Supply;
import millrace.rotation.RotationListener.Chooser;
import millrace.schemas.SelectorKind;
import org.jspecify.annotations.Nullable;

/**
 * The rotation of one pool: of the members that all filters let through, its selector takes one, and when it has no choice its fallback does. Leases that it
 * opened are closed with it, also when the catalog has another pool in its place by then.
 */
final class PoolRotation {
    private final Members members;
    private final Selector selector;
    private final Optional<Selector> fallback;
    private final Optional<Sticky> sticky;
    private final boolean mayGoAnywhere;
    private final RotationListener listener;
    private final Quantile times = new Quantile();

    private PoolRotation(
            Members members,
            Selector selector,
            Optional<Selector> fallback,
            boolean mayGoAnywhere,
            RotationListener listener) {
        this.members = members;
        this.selector = selector;
        this.fallback = fallback;
        this.sticky = selector instanceof Sticky keeping ? Optional.of(keeping) : Optional.empty();
        this.mayGoAnywhere = mayGoAnywhere;
        this.listener = listener;
    }

    static PoolRotation of(
            Supply.Pooled pool,
            Members.Known known,
            Plugins plugins,
            RandomGenerator random,
            RotationListener listener,
            long now) {
        PoolRules rules = pool.rules();
        List<Filter> filters = new ArrayList<>();
        for (String name : rules.filters()) {
            Filter.named(name)
                    .or(() -> plugged(plugins.filters().get(name), new PluginCalls(name, listener, now), pool))
                    .ifPresent(filters::add);
        }
        int size = pool.upstreams().size();
        Selector selector = rules.plugin()
                .flatMap(name -> plugged(name, plugins, new PluginCalls(name, listener, now), pool, random))
                .orElseGet(() -> own(rules.selector(), pool.upstreams(), random));
        // Who sticks has no choice of its own for somebody new, and a plugin may fail.
        boolean needsAnother = selector instanceof Sticky || selector instanceof PluggedSelector;
        Optional<SelectorKind> then =
                rules.fallback().or(() -> needsAnother ? Optional.of(SelectorKind.ROUND_ROBIN) : Optional.empty());
        return new PoolRotation(
                new Members(pool.upstreams(), filters, known),
                selector,
                then.map(kind -> Selector.of(kind, size, random)),
                rules.anywhere(),
                listener);
    }

    private static Optional<Filter> plugged(Plugins.@Nullable OfFilter plugin, PluginCalls calls, Supply.Pooled pool) {
        return Optional.ofNullable(plugin).map(loaded -> new PluggedFilter(loaded, calls, pool.upstreams()));
    }

    private static Optional<Selector> plugged(
            String name, Plugins plugins, PluginCalls calls, Supply.Pooled pool, RandomGenerator random) {
        return Optional.ofNullable(plugins.selectors().get(name))
                .map(plugin -> new PluggedSelector(plugin, calls, pool.upstreams(), random));
    }

    private static Selector own(SelectorKind kind, List<String> upstreams, RandomGenerator random) {
        return switch (kind) {
            case STICKY_SESSION -> new Sticky(Stickiness.SESSION, upstreams);
            case STICKY_USER -> new Sticky(Stickiness.USER, upstreams);
            default -> Selector.of(kind, upstreams.size(), random);
        };
    }

    /** @return the place of the chosen one, whose calls are counted from now on; {@link Selector#NONE} when there is none */
    int choose(Asker asker, Catalog catalog, long now) {
        if (members.begin(asker, catalog, now)) {
            selector.changed(members);
            fallback.ifPresent(other -> other.changed(members));
        }
        int chosen = choose();
        if (chosen == Selector.NONE && mayGoAnywhere) {
            members.goAnywhere();
            chosen = choose();
            listener.chose(chosen == Selector.NONE ? Chooser.NOBODY : Chooser.ANYWHERE);
        } else if (chosen == Selector.NONE) {
            listener.chose(Chooser.NOBODY);
        }
        if (chosen != Selector.NONE && sticky.isPresent() && sticky.get().keep(members, chosen)) {
            listener.failedOver();
        }
        return chosen;
    }

    private int choose() {
        int chosen = taken(selector);
        if (chosen != Selector.NONE) {
            listener.chose(Chooser.SELECTOR);
        } else if (fallback.isPresent()) {
            chosen = taken(fallback.get());
            if (chosen != Selector.NONE) {
                listener.chose(Chooser.FALLBACK);
            }
        }
        return chosen;
    }

    private int taken(Selector by) {
        while (true) {
            int chosen = by.select(members);
            if (chosen == Selector.NONE) {
                return chosen;
            }
            if (members.takes(chosen)) {
                by.taken(chosen);
                return chosen;
            }
            // Another partition was quicker to take the trial, or the last call of this second.
            members.exclude(chosen);
        }
    }

    Members members() {
        return members;
    }

    void answered(long tookNanos) {
        times.add(tookNanos);
    }

    /** The time below which 95 of 100 answers of this pool come; 0 when that is not known yet. */
    long usualMostNanos() {
        return times.nanos();
    }

    void learnt(int member) {
        selector.learnt(members, member);
        fallback.ifPresent(other -> other.learnt(members, member));
    }
}

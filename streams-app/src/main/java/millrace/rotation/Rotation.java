package millrace.rotation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import millrace.catalog.Catalog;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which upstream of a pool is asked. The entrance of the rotation room; one a task, on its stream thread.
 *
 * <p>Remembered, in memory only: what each pool's selector remembers (a pool is its list of upstreams and its rules; the same in two campaigns is
 * one pool), and what is known of each upstream. A pool that is changed starts afresh, and calls that are out stay with the one that chose them; what is known
 * of upstreams stays. What was used longest ago is forgotten beyond {@value #MAX_POOLS} pools and {@value #MAX_UPSTREAMS} upstreams. A restart forgets all of it:
 * with one rotation a task, shares over all tasks are exact to one turn a task. Breakers and rates are shared by all tasks of a process: {@link Guards}.
 */
public final class Rotation {
    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

    static final int MAX_POOLS = 4096;
    static final int MAX_UPSTREAMS = 16_384;

    private final Map<Supply.Pooled, PoolRotation> pools = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, UpstreamStats> upstreams = new LinkedHashMap<>(16, 0.75f, true);
    private final Members.Known known = new Lookup();
    private final RotationSettings settings;
    private final Guards guards;
    private final Plugins plugins;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final RotationListener listener;
    private long closedAgain;

    /**
     * @param nanoTime the only source of elapsed time
     * @param random the only source of chance
     */
    public Rotation(
            RotationSettings settings,
            Guards guards,
            Plugins plugins,
            LongSupplier nanoTime,
            RandomGenerator random,
            RotationListener listener) {
        this.settings = settings;
        this.guards = guards;
        this.plugins = plugins;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listener = listener;
    }

    /** What {@link #lease} gives, for those who can afford one object more. */
    public Optional<UpstreamLease> choose(Supply.Pooled pool, Catalog catalog, Asker asker) {
        return Optional.ofNullable(lease(pool, catalog, asker));
    }

    /**
     * The upstream that the pool's rules choose, of those that the catalog has and that have not failed this request.
     *
     * @return null when none is left
     */
    public @Nullable UpstreamLease lease(Supply.Pooled pool, Catalog catalog, Asker asker) {
        PoolRotation rotation = pools.get(pool);
        if (rotation == null) {
            rotation = PoolRotation.of(pool, known, plugins, random, listener, nanoTime.getAsLong());
            pools.put(pool, rotation);
            dropOldest(pools, MAX_POOLS);
        }
        long now = nanoTime.getAsLong();
        int chosen = rotation.choose(asker, catalog, now);
        LOG.atDebug()
                .addKeyValue("selector", pool.rules().selector())
                .addKeyValue(
                        "upstream",
                        chosen == Selector.NONE ? "none" : pool.upstreams().get(chosen))
                .log("upstream chosen");
        return chosen == Selector.NONE ? null : new UpstreamLease(this, rotation, chosen, now);
    }

    /** Counts a slot that asks a pool again. */
    public void retried() {
        listener.retried();
    }

    /** Counts a second upstream that is asked because the first takes long. */
    public void hedged() {
        listener.hedged();
    }

    /** Where chance comes from. */
    public RandomGenerator random() {
        return random;
    }

    /** What came of this upstream's calls since the start of the task. */
    public UpstreamCounts counts(String upstream) {
        UpstreamStats stats = upstreams.get(upstream);
        return stats == null ? UpstreamCounts.NONE : stats.counts();
    }

    /** How often a lease was closed that was closed already: more than none is a bug. */
    public long closedAgain() {
        return closedAgain;
    }

    void closedTwice() {
        closedAgain++;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    private static void dropOldest(Map<?, ?> byUse, int most) {
        if (byUse.size() > most) {
            byUse.remove(byUse.keySet().iterator().next());
        }
    }

    private final class Lookup implements Members.Known {
        @Override
        public UpstreamStats stats(String upstream) {
            UpstreamStats stats = upstreams.computeIfAbsent(upstream, _ -> new UpstreamStats(settings));
            dropOldest(upstreams, MAX_UPSTREAMS);
            return stats;
        }

        @Override
        public Guard guard(UpstreamConfig upstream, long now) {
            return guards.of(upstream, now);
        }

        @Override
        public long window(long now) {
            return Math.floorDiv(now, settings.window().toNanos());
        }
    }
}

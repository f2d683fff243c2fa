package millrace.rotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.Catalog;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;

/**
 * Which upstream of a pool is asked. The entrance of the rotation room; one a task, on its stream thread.
 *
 * <p>Remembered, in memory only: whose turn it is in each pool (a pool is its list of upstreams and its selector; the same
 * list in two campaigns is one pool), and the counts of each upstream. A pool that is changed starts afresh; those used
 * longest ago are forgotten beyond {@value #MAX_POOLS}. A restart begins every circle at its first upstream again and every
 * count at zero: with one rotation a task, shares over all tasks are exact to one turn a task.
 */
public final class Rotation {
    static final int MAX_POOLS = 4096;
    static final int MAX_TALLIES = 16_384;

    private final Map<Supply.Pooled, Turns> pools = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Tally> tallies = new LinkedHashMap<>(16, 0.75f, true);
    private long closedAgain;

    /**
     * The upstream whose turn it is, of those that the catalog has and that have not failed this request.
     *
     * @param failed ids that this request has tried already
     * @return nothing when none is left, or all that are left weigh 0
     */
    public Optional<UpstreamLease> choose(Supply.Pooled pool, Catalog catalog, Set<String> failed) {
        List<UpstreamConfig> eligible = new ArrayList<>(pool.upstreams().size());
        for (String id : pool.upstreams()) {
            if (!failed.contains(id)) {
                // A bidder stands in a pool for its bids to be known by; it is asked in auctions only.
                catalog.upstream(id)
                        .filter(upstream -> upstream.bidder().isEmpty())
                        .ifPresent(eligible::add);
            }
        }
        Turns turns = pools.computeIfAbsent(pool, fresh -> Turns.of(fresh.selector()));
        dropOldest(pools, MAX_POOLS);
        return turns.next(eligible).map(this::lease);
    }

    /** A lease on the upstream that an earlier life of the task had chosen; nobody's turn changes. */
    public Optional<UpstreamLease> resume(String upstream, Catalog catalog) {
        return catalog.upstream(upstream).map(this::lease);
    }

    public UpstreamCounts counts(String upstream) {
        Tally tally = tallies.get(upstream);
        return tally == null ? UpstreamCounts.NONE : tally.counts();
    }

    /** How often a lease was closed that was closed already: more than none is a bug. */
    public long closedAgain() {
        return closedAgain;
    }

    void closedTwice() {
        closedAgain++;
    }

    private UpstreamLease lease(UpstreamConfig upstream) {
        Tally tally = tallies.computeIfAbsent(upstream.id(), id -> new Tally());
        dropOldest(tallies, MAX_TALLIES);
        return new UpstreamLease(upstream, tally, this);
    }

    private static void dropOldest(Map<?, ?> byUse, int most) {
        if (byUse.size() > most) {
            byUse.remove(byUse.keySet().iterator().next());
        }
    }
}

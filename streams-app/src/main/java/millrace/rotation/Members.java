package millrace.rotation;

import java.util.Arrays;
import java.util.List;
import millrace.catalog.Catalog;
import millrace.catalog.RotationTerms;
import millrace.catalog.UpstreamConfig;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of one pool, by their place in it, as a selector sees them. What is looked up of them is kept until the catalog changes. For one choice at a
 * time, on one stream thread; a choice allocates nothing here.
 */
final class Members {
    private final String[] ids;
    private final @Nullable UpstreamConfig[] configs;
    private final UpstreamStats[] stats;
    private final @Nullable Guard[] guards;
    private final long[] excluded;
    private final Filter[] filters;
    private final Known known;
    private @Nullable Object version;
    private Asker asker = Nobody.ASKS;
    private long now;
    private long window;
    private boolean anywhere;
    private boolean someExcluded;
    private long pass = Breaker.REFUSED;
    private final MemberView view = new MemberView(this);

    /** Where what is known of an upstream is looked up. */
    interface Known {
        UpstreamStats stats(String upstream);

        Guard guard(UpstreamConfig upstream, long now);

        /** The number of the window of {@code now}. */
        long window(long now);
    }

    Members(List<String> upstreams, List<Filter> filters, Known known) {
        this.ids = upstreams.toArray(String[]::new);
        this.configs = new UpstreamConfig[ids.length];
        this.stats = new UpstreamStats[ids.length];
        this.guards = new Guard[ids.length];
        this.excluded = new long[(ids.length + 63) >> 6];
        this.filters = filters.toArray(Filter[]::new);
        this.known = known;
        Arrays.setAll(stats, i -> known.stats(ids[i]));
    }

    /**
     * Makes ready for a choice.
     *
     * @return whether the catalog has changed since the last one
     */
    @SuppressWarnings("ReferenceEquality") // A version is told from another by being another object.
    boolean begin(Asker who, Catalog catalog, long at) {
        asker = who;
        now = at;
        window = known.window(at);
        anywhere = false;
        if (someExcluded) {
            Arrays.fill(excluded, 0);
            someExcluded = false;
        }
        Object current = catalog.upstreamsVersion();
        if (current == version) {
            return false;
        }
        version = current;
        for (int i = 0; i < ids.length; i++) {
            look(i, catalog.upstream(ids[i]).orElse(null));
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // A record that was read anew is another one.
    private void look(int member, @Nullable UpstreamConfig config) {
        if (config != configs[member]) {
            configs[member] = config;
            stats[member] = known.stats(ids[member]);
            guards[member] = config == null ? null : known.guard(config, now);
        }
    }

    /** From here on this choice does not ask where the user is. */
    void goAnywhere() {
        anywhere = true;
    }

    boolean isAnywhere() {
        return anywhere;
    }

    /** For the rest of this choice it is not there: somebody else was quicker to take what it had left. */
    void exclude(int member) {
        excluded[member >> 6] |= 1L << member;
        someExcluded = true;
    }

    /** Whether it may be chosen. */
    boolean isEligible(int member) {
        if (asker.hasFailed(ids[member]) || !isOfPool(member)) {
            return false;
        }
        if (someExcluded && (excluded[member >> 6] & 1L << member) != 0) {
            return false;
        }
        for (Filter filter : filters) {
            if (!filter.lets(this, member)) {
                return false;
            }
        }
        return true;
    }

    /** Takes what a call of it uses up. */
    boolean takes(int member) {
        pass = guard(member).breaker().look();
        for (Filter filter : filters) {
            if (!filter.takes(this, member)) {
                return false;
            }
        }
        return true;
    }

    /** Of the choice just made: what its breaker wants to be told with. */
    long pass() {
        return pass;
    }

    void pass(long given) {
        pass = given;
    }

    /** Whether who is with it may stay, though it may have nothing for this one request. */
    boolean isLasting(int member) {
        if (!isOfPool(member)) {
            return false;
        }
        for (Filter filter : filters) {
            if (filter.isLasting() && !filter.lets(this, member)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOfPool(int member) {
        UpstreamConfig config = configs[member];
        // A bidder stands in a pool for its bids to be known by; it is asked in auctions only.
        return config != null && config.bidder().isEmpty();
    }

    boolean servesAsker(int member) {
        RotationTerms terms = config(member).rotation();
        return (terms.countries().isEmpty() || terms.countries().contains(asker.country()))
                && (terms.regions().isEmpty() || terms.regions().contains(asker.region()));
    }

    /** What a plugin may see of them. */
    MemberView view() {
        return view;
    }

    int size() {
        return ids.length;
    }

    String id(int member) {
        return ids[member];
    }

    boolean isThere(int member) {
        return configs[member] != null;
    }

    /** Of a member that is there. */
    UpstreamConfig config(int member) {
        UpstreamConfig config = configs[member];
        if (config == null) {
            throw new IllegalStateException("upstream " + ids[member] + " is not in the catalog");
        }
        return config;
    }

    /** Of a member that is there. */
    Guard guard(int member) {
        Guard guard = guards[member];
        if (guard == null) {
            throw new IllegalStateException("upstream " + ids[member] + " is not in the catalog");
        }
        return guard;
    }

    /** 0 of one that is not there. */
    int weight(int member) {
        UpstreamConfig config = configs[member];
        return config == null ? 0 : config.weight();
    }

    UpstreamStats stats(int member) {
        return stats[member];
    }

    Asker asker() {
        return asker;
    }

    long now() {
        return now;
    }

    long window() {
        return window;
    }

    private enum Nobody implements Asker {
        ASKS;

        @Override
        public boolean hasFailed(String upstream) {
            return false;
        }

        @Override
        public String country() {
            return "";
        }

        @Override
        public String region() {
            return "";
        }

        @Override
        public List<String> remembered(Stickiness by) {
            return List.of();
        }

        @Override
        public void remember(Stickiness by, String upstream) {}
    }
}

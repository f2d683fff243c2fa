package millrace.catalog;

import java.util.List;
import java.util.Optional;
import millrace.money.Rates;

/** What may be served and where, as of one moment. Read on stream threads; never blocks. */
public interface Catalog {
    Optional<Placement> placement(String id);

    Optional<Campaign> campaign(String id);

    Optional<UpstreamConfig> upstream(String id);

    /** Another object whenever an upstream may have changed, so that who keeps what was looked up knows when to look again. */
    default Object upstreamsVersion() {
        return new Object();
    }

    /** Campaigns whose targeting names this placement or none: highest priority first, then price, then id. */
    List<Campaign> campaignsFor(String placement);

    /** What currencies are worth in each other, as of the last record on their topic. */
    default Rates rates() {
        return Rates.NONE;
    }

    /** What lifetime caps of this catalog ask about. */
    default LifetimeInterest lifetime() {
        return LifetimeInterest.NONE;
    }
}

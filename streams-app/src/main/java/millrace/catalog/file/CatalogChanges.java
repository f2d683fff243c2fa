package millrace.catalog.file;

import java.util.List;
import java.util.Optional;
import millrace.schemas.Campaign;
import millrace.schemas.CurrencyRates;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;

/** What files say is to be in the catalog. Everything in it was checked. */
public record CatalogChanges(
        List<Change<Placement>> placements,
        List<Change<Upstream>> upstreams,
        List<Change<Campaign>> campaigns,
        List<Change<CurrencyRates>> rates) {

    /**
     * One record to write.
     *
     * @param record absent to remove what has this id
     */
    public record Change<R>(String id, Optional<R> record) {}

    public CatalogChanges {
        placements = List.copyOf(placements);
        upstreams = List.copyOf(upstreams);
        campaigns = List.copyOf(campaigns);
        rates = List.copyOf(rates);
    }

    public int size() {
        return placements.size() + upstreams.size() + campaigns.size() + rates.size();
    }
}

package millrace.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog of upstreams alone that does not change. */
public record FixedUpstreams(Map<String, UpstreamConfig> byId) implements Catalog {
    public FixedUpstreams {
        byId = Map.copyOf(byId);
    }

    @Override
    public Object upstreamsVersion() {
        return byId;
    }

    @Override
    public Optional<UpstreamConfig> upstream(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Placement> placement(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Campaign> campaign(String id) {
        return Optional.empty();
    }

    @Override
    public List<Campaign> campaignsFor(String placement) {
        return List.of();
    }
}

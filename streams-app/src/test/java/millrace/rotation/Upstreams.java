package millrace.rotation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.Campaign;
import millrace.catalog.Catalog;
import millrace.catalog.Placement;
import millrace.catalog.UpstreamConfig;

/** A catalog of upstreams that come and go. */
final class Upstreams implements Catalog {
    private final Map<String, UpstreamConfig> byId = new HashMap<>();

    Upstreams with(String... ids) {
        for (String id : ids) {
            with(id, 1);
        }
        return this;
    }

    Upstreams with(String id, int weight) {
        byId.put(
                id,
                new UpstreamConfig(
                        id,
                        "https://ads.example/" + id,
                        Duration.ofSeconds(1),
                        weight,
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty()));
        return this;
    }

    Upstreams with(UpstreamConfig upstream) {
        byId.put(upstream.id(), upstream);
        return this;
    }

    Upstreams without(String id) {
        byId.remove(id);
        return this;
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

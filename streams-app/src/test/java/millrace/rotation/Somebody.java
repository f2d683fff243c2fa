package millrace.rotation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request of somebody, who remembers what a session would. */
final class Somebody implements Asker {
    static final Asker ANYBODY = new Somebody();

    private final Set<String> failed;
    private final String country;
    private final String region;
    private final Map<Stickiness, List<String>> remembered;

    Somebody() {
        this(Set.of(), "", "", new EnumMap<>(Stickiness.class));
    }

    private Somebody(Set<String> failed, String country, String region, Map<Stickiness, List<String>> remembered) {
        this.failed = failed;
        this.country = country;
        this.region = region;
        this.remembered = remembered;
    }

    static Somebody whom(Set<String> failed) {
        return new Somebody().failedBy(failed);
    }

    /** The same session, in another request that these have failed. */
    Somebody failedBy(Set<String> upstreams) {
        return new Somebody(upstreams, country, region, remembered);
    }

    Somebody in(String someCountry, String someRegion) {
        return new Somebody(failed, someCountry, someRegion, remembered);
    }

    @Override
    public boolean hasFailed(String upstream) {
        return failed.contains(upstream);
    }

    @Override
    public String country() {
        return country;
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public List<String> remembered(Stickiness by) {
        return remembered.getOrDefault(by, List.of());
    }

    @Override
    public void remember(Stickiness by, String upstream) {
        List<String> all = new ArrayList<>(remembered(by));
        all.remove(upstream);
        all.addFirst(upstream);
        remembered.put(by, all);
    }
}

package millrace.cli.rotation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.catalog.CatalogReader;
import millrace.catalog.PoolPlugins;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import millrace.catalog.file.CatalogChanges;
import millrace.catalog.file.CatalogFiles;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.check.Faults;
import millrace.config.Durations;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A pool, its upstreams, and what they are like.
 *
 * @param every time from one request to the next
 * @param sessions how many sessions the requests are of
 */
record SimulatedWorld(
        Supply.Pooled pool,
        Map<String, UpstreamConfig> upstreams,
        Map<String, Manner> manners,
        Duration every,
        int sessions) {
    private static final String MARK = "\n---\n";
    private static final int MOST_SESSIONS = 1_000_000;

    /**
     * What an upstream is like.
     *
     * @param latency how long it takes on the average: half of it always, the rest by an exponential draw
     * @param failures share of calls that fail, in percent
     * @param failsAfter how long a failing call takes
     */
    record Manner(Duration latency, int failures, Duration failsAfter) {}

    static Checked<SimulatedWorld> read(
            String label, String text, PoolPlugins plugins, Map<String, String> environment) {
        int mark = text.indexOf(MARK);
        if (mark < 0) {
            return new Checked.Invalid<>(List.of(new Fault(label, "has no line --- with a world after it")));
        }
        CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofSeconds(1), plugins);
        CatalogFiles files = new CatalogFiles(rules, environment);
        files.add(label, text.substring(0, mark + 1));
        return switch (files.changes()) {
            case Checked.Invalid<CatalogChanges>(List<Fault> faults) -> new Checked.Invalid<>(faults);
            case Checked.Valid<CatalogChanges>(CatalogChanges changes) ->
                read(changes, rules, world(label, text.substring(mark + MARK.length())));
        };
    }

    private static Checked<SimulatedWorld> read(CatalogChanges changes, CatalogReader rules, Object document) {
        Faults faults = new Faults();
        Map<String, UpstreamConfig> upstreams = new LinkedHashMap<>();
        changes.upstreams().stream()
                .flatMap(change -> change.record().stream())
                .forEach(record -> valid(rules.upstream(record)).ifPresent(read -> upstreams.put(read.id(), read)));
        List<Supply.Pooled> pools = changes.campaigns().stream()
                .flatMap(change -> change.record().stream())
                .flatMap(record -> valid(rules.campaign(record)).stream())
                .map(Campaign::supply)
                .filter(Supply.Pooled.class::isInstance)
                .map(Supply.Pooled.class::cast)
                .toList();
        faults.require(pools.size() == 1, "campaigns", "have " + pools.size() + " pools; exactly one is wanted");
        Map<String, Object> top = map(document, "the document after ---", faults);
        Duration every = duration(top, "every", "10ms", faults);
        faults.require(every.isPositive(), "every", "is 0; it must be positive");
        int sessions = number(top, "sessions", 1_000, MOST_SESSIONS, faults);
        Map<String, Manner> manners = new LinkedHashMap<>();
        map(top.getOrDefault("world", Map.of()), "world", faults).forEach((id, manner) -> {
            Faults inside = faults.in("world").in(id);
            Map<String, Object> said = map(manner, "it", inside);
            inside.require(said.containsKey("latency"), "latency", "is missing");
            manners.put(
                    id,
                    new Manner(
                            duration(said, "latency", "0ms", inside),
                            number(said, "failures", 0, 100, inside),
                            duration(said, "fails-after", "1ms", inside)));
        });
        pools.forEach(pool -> pool.upstreams().forEach(id -> {
            faults.require(upstreams.containsKey(id), "upstreams", "have no " + id + ", which the pool names");
            faults.require(manners.containsKey(id), "world", "does not say what " + id + " is like");
        }));
        return faults.orValid(() -> new SimulatedWorld(pools.getFirst(), upstreams, manners, every, sessions));
    }

    private static <T> Optional<T> valid(Checked<T> checked) {
        return checked instanceof Checked.Valid<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    private static Object world(String label, String text) {
        try {
            Object read = new Load(LoadSettings.builder().setLabel(label).build()).loadFromString(text);
            return read == null ? "" : read;
        } catch (YamlEngineException e) {
            return "";
        }
    }

    private static Map<String, Object> map(Object given, String where, Faults faults) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> found) {
            found.forEach((name, value) -> map.put(String.valueOf(name), value == null ? "" : value));
        } else {
            faults.add(where, "is not names with values");
        }
        return map;
    }

    private static Duration duration(Map<String, Object> map, String name, String usual, Faults faults) {
        String text = String.valueOf(map.getOrDefault(name, usual));
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            faults.add(name, "is '" + text + "'; " + e.getMessage());
            return Duration.ZERO;
        }
    }

    private static int number(Map<String, Object> map, String name, int usual, int most, Faults faults) {
        Object given = map.getOrDefault(name, usual);
        if (given instanceof Integer number) {
            faults.range(name, number, 0, most);
            return number;
        }
        faults.add(name, "is '" + given + "'; a whole number is wanted");
        return usual;
    }
}

package millrace.devkit.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import millrace.catalog.CatalogReader;
import millrace.catalog.file.CatalogChanges;
import millrace.catalog.file.CatalogFiles;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Content;
import millrace.devkit.upstreams.Latency;
import millrace.devkit.upstreams.SimulatedAd;
import millrace.devkit.upstreams.SimulatedUpstreams;

/** The catalog of {@code examples/campaigns.yaml}, and upstreams that behave as it says: one well, one slowly and through wrappers, one badly. */
public final class ExampleWorld {
    private static final String FILE = "examples/campaigns.yaml";
    /** The variable that the file's URLs begin with. */
    private static final String UPSTREAMS = "UPSTREAMS";

    private ExampleWorld() {}

    /** Defines the upstreams that the example's URLs lead to. */
    public static void populate(SimulatedUpstreams upstreams) {
        upstreams.define(
                "inline", Behaviour.ofTenAds("inline").with(new Latency.LogNormal(Duration.ofMillis(20), 0.5)));
        upstreams.define(
                "wrapper",
                Behaviour.serving(new Content.Inventory(SimulatedAd.numbered("wrapped", 6), 1, 2))
                        .with(new Latency.LogNormal(Duration.ofMillis(15), 0.5))
                        .withErrorRate(0.08));
        upstreams.define(
                "empty",
                Behaviour.ofTenAds("rare")
                        .with(new Latency.Uniform(Duration.ofMillis(5), Duration.ofMillis(120)))
                        .withFillRate(0.2));
    }

    /**
     * @param upstreamPort where the upstreams listen on loopback
     * @throws IllegalStateException if the example is wrong; the message holds every fault
     */
    public static CatalogChanges catalog(Config config, int upstreamPort) {
        CatalogFiles files = new CatalogFiles(
                new CatalogReader(config.get(Settings.CAPS_MAX_WINDOW), config.get(Settings.UPSTREAM_TIMEOUT)),
                Map.of(UPSTREAMS, "http://127.0.0.1:" + upstreamPort));
        files.add(FILE, text());
        return switch (files.changes()) {
            case Checked.Valid<CatalogChanges>(CatalogChanges changes) -> changes;
            case Checked.Invalid<CatalogChanges>(List<Fault> faults) ->
                throw new IllegalStateException(
                        faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        };
    }

    private static String text() {
        try (InputStream in = ExampleWorld.class.getClassLoader().getResourceAsStream(FILE)) {
            return new String(
                    Objects.requireNonNull(in, FILE + " is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}

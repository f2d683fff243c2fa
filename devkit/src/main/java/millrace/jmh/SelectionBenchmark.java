package millrace.jmh;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import millrace.catalog.Catalog;
import millrace.catalog.FixedUpstreams;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import millrace.rotation.Asker;
import millrace.rotation.Rotation;
import millrace.rotation.RotationListener;
import millrace.rotation.RotationSettings;
import millrace.rotation.Rotations;
import millrace.rotation.Stickiness;
import millrace.rotation.UpstreamLease;
import millrace.schemas.SelectorKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * SC-007: one choice of an upstream with all usual filters, its lease opened, and an earlier one closed, so that there are always some calls out. Run with
 * {@code -prof gc} it also says what a choice allocates. All of it takes three minutes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SelectionBenchmark {
    private static final int OUT = 64;

    @Param({"10", "100", "1000"})
    private int upstreams = 0;

    @Param({"ROUND_ROBIN", "RANDOM", "WEIGHTED", "STICKY_SESSION", "LEAST_BUSY", "FASTEST"})
    private SelectorKind selector = SelectorKind.ROUND_ROBIN;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    private final UpstreamLease[] out = new UpstreamLease[OUT];
    private final Somebody somebody = new Somebody();
    private Optional<World> world = Optional.empty();
    private int next;

    private record World(Supply.Pooled pool, Rotation rotation, Catalog catalog) {}

    @Setup
    public void build() {
        List<String> ids =
                IntStream.range(0, upstreams).mapToObj(i -> "upstream-" + i).toList();
        somebody.kept = List.of(ids.getLast());
        Rotation rotation =
                Rotations.of(RotationSettings.USUAL, RotationListener.NOBODY).open(System::nanoTime, random);
        World built = new World(new Supply.Pooled(ids, selector), rotation, catalog(ids));
        world = Optional.of(built);
        for (int i = 0; i < OUT; i++) {
            out[i] = choose(built);
        }
        // So that all of them are known.
        for (int i = 0; i < 20 * upstreams; i++) {
            select();
        }
    }

    @Benchmark
    public UpstreamLease select() {
        UpstreamLease lease = choose(world.orElseThrow());
        next = (next + 1) & (OUT - 1);
        out[next].success();
        out[next] = lease;
        return lease;
    }

    private UpstreamLease choose(World from) {
        return Objects.requireNonNull(from.rotation().lease(from.pool(), from.catalog(), somebody));
    }

    private Catalog catalog(List<String> ids) {
        Map<String, UpstreamConfig> byId = new HashMap<>();
        for (String id : ids) {
            byId.put(
                    id,
                    new UpstreamConfig(
                            id,
                            "https://ads.example/" + id,
                            Duration.ofSeconds(1),
                            1 + random.nextInt(9),
                            Map.of(),
                            Map.of(),
                            Set.of(),
                            Optional.empty(),
                            Optional.empty()));
        }
        return new FixedUpstreams(byId);
    }

    /** Stays with one upstream, has failed with none. */
    private static final class Somebody implements Asker {
        private List<String> kept = List.of();

        @Override
        public boolean hasFailed(String upstream) {
            return false;
        }

        @Override
        public String country() {
            return "DE";
        }

        @Override
        public String region() {
            return "BY";
        }

        @Override
        public List<String> remembered(Stickiness by) {
            return kept;
        }

        @Override
        public void remember(Stickiness by, String upstream) {}
    }
}

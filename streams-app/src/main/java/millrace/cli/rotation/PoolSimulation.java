package millrace.cli.rotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.catalog.Catalog;
import millrace.catalog.FixedUpstreams;
import millrace.rotation.Asker;
import millrace.rotation.Plugins;
import millrace.rotation.Rotation;
import millrace.rotation.RotationListener;
import millrace.rotation.RotationSettings;
import millrace.rotation.Rotations;
import millrace.rotation.Stickiness;
import millrace.rotation.UpstreamLease;

/** Requests at a steady pace in a world whose time and chance are made up, so that the same seed gives the same. One request asks one upstream. */
final class PoolSimulation {
    private static final double MILLION = 1e6;

    private final SimulatedWorld world;
    private final RandomGenerator random;
    private final Rotation rotation;
    private final Catalog catalog;
    private final Map<Integer, Session> sessions = new HashMap<>();
    private final PriorityQueue<Ending> endings =
            new PriorityQueue<>(Comparator.comparingLong(Ending::at).thenComparingLong(Ending::number));
    private long nanos;
    private int pluginFailures;
    private String lastPluginFailure = "";

    /** What came of one upstream. Times are of its answers. */
    record Share(String upstream, int requests, double meanMillis, double p95Millis, int failures) {}

    private record Ending(long at, long number, UpstreamLease lease, boolean isFailure) {}

    PoolSimulation(SimulatedWorld world, Plugins plugins, long seed) {
        this.world = world;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.rotation = Rotations.of(RotationSettings.USUAL, plugins, new Failures())
                .open(() -> nanos, RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong()));
        this.catalog = new FixedUpstreams(world.upstreams());
    }

    List<Share> run(int requests) {
        Map<String, Outcomes> outcomes = new LinkedHashMap<>();
        world.pool().upstreams().forEach(id -> outcomes.put(id, new Outcomes()));
        for (int i = 0; i < requests; i++) {
            endUntil(world.every().toNanos() * (i + 1L));
            Session session =
                    sessions.computeIfAbsent(random.nextInt(Math.max(1, world.sessions())), _ -> new Session());
            Optional<UpstreamLease> lease = rotation.choose(world.pool(), catalog, session);
            if (lease.isPresent()) {
                ask(lease.get(), i, outcomes);
            }
        }
        List<Share> shares = new ArrayList<>();
        outcomes.forEach((id, outcome) -> shares.add(outcome.share(id)));
        return shares;
    }

    private void ask(UpstreamLease lease, long number, Map<String, Outcomes> outcomes) {
        String id = lease.upstream().id();
        SimulatedWorld.Manner manner =
                world.manners().getOrDefault(id, new SimulatedWorld.Manner(Duration.ZERO, 0, Duration.ZERO));
        boolean isFailure = random.nextInt(100) < manner.failures();
        double usual = manner.latency().toNanos() / 2.0;
        long took =
                isFailure ? manner.failsAfter().toNanos() : (long) (usual * (1 - Math.log(1 - random.nextDouble())));
        boolean isLate = took > lease.upstream().timeout().toNanos();
        long at = nanos + Math.min(took, lease.upstream().timeout().toNanos());
        endings.add(new Ending(at, number, lease, isFailure || isLate));
        outcomes.computeIfAbsent(id, _ -> new Outcomes()).add(took, isFailure || isLate);
    }

    private void endUntil(long due) {
        for (Ending next = endings.peek(); next != null && next.at() <= due; next = endings.peek()) {
            endings.remove();
            nanos = next.at();
            if (next.isFailure()) {
                next.lease().dropped();
            } else {
                next.lease().success();
            }
        }
        nanos = due;
    }

    /** How often plugins failed. */
    int pluginFailures() {
        return pluginFailures;
    }

    /** The last time's reason; empty when there was none. */
    String lastPluginFailure() {
        return lastPluginFailure;
    }

    private final class Failures implements RotationListener {
        @Override
        public void pluginFailed(String plugin, Throwable why) {
            pluginFailures++;
            lastPluginFailure = plugin + ": " + why;
        }
    }

    private static final class Outcomes {
        private final List<Long> answers = new ArrayList<>();
        private int failures;

        void add(long took, boolean isFailure) {
            if (isFailure) {
                failures++;
            } else {
                answers.add(took);
            }
        }

        Share share(String upstream) {
            long[] sorted = answers.stream().mapToLong(Long::longValue).sorted().toArray();
            double mean = Arrays.stream(sorted).average().orElse(0) / MILLION;
            double p95 = sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * 0.95)] / MILLION;
            return new Share(upstream, sorted.length + failures, mean, p95, failures);
        }
    }

    /** Is nowhere, and stays with whom it was given to. */
    private static final class Session implements Asker {
        private List<String> kept = List.of();

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
            return kept;
        }

        @Override
        public void remember(Stickiness by, String upstream) {
            kept = List.of(upstream);
        }
    }
}

package millrace.e2e;

import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import millrace.Pipeline;
import millrace.config.Settings;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Latency;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Pool;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation in pipelines that come and go. */
class RotationOverBrokerTest {
    private static final int USERS = 40;
    private static final int SWAPS = 20;

    private World world;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() {
        world = World.of("rotation" + World.number());
        world.stack.put(placement("film").build());
        for (String id : List.of("a", "b", "c")) {
            world.upstream(id, Behaviour.ofTenAds(id));
        }
        world.stack.put(pooledCampaign("film", "film")
                .setPool(pool(SelectorKind.STICKY_SESSION, "a", "b", "c"))
                .setBudgetNanos(budgetFor(100 * USERS))
                .build());
    }

    @AfterEach
    void end() {
        world.close();
    }

    /** SC-005 on real processes: every request of every session, over a restart and a rebalance. */
    @Test
    void sc005SessionsKeepTheirUpstreamOverARestartAndARebalance() throws IOException, InterruptedException {
        List<String> users =
                IntStream.range(0, USERS).mapToObj(i -> World.newUser()).toList();
        Map<String, String> own;
        try (Pipeline first = Pipeline.start(world.stack.settings().config(), line -> {})) {
            assertThat(first.awaitRunning(World.PATIENCE)).isTrue();
            own = upstreams(users);
            assertThat(own.values()).contains("a", "b", "c");
            assertThat(upstreams(users)).as("as before").isEqualTo(own);
        }
        try (Pipeline restarted = Pipeline.start(world.stack.settings().config(), line -> {})) {
            assertThat(restarted.awaitRunning(World.PATIENCE)).isTrue();
            assertThat(upstreams(users)).as("after a restart").isEqualTo(own);

            try (Pipeline second = Pipeline.start(
                    world.stack
                            .settings()
                            .with(Settings.STATE_DIR, folder.resolve("second"))
                            .config(),
                    line -> {})) {
                assertThat(second.awaitRunning(World.PATIENCE)).isTrue();
                assertThat(upstreams(users)).as("after a rebalance").isEqualTo(own);
            }
        }
    }

    /**
     * SC-009 on the real stack: from when on, after the broker has the record of a pool, requests that are sent use it; over {@value #SWAPS} swaps under load. Printed, as an upper
     * bound: when the next one was sent after the last that used the old pool. Nothing that was asked meanwhile is lost.
     */
    @Test
    void sc009SwappedPoolIsUsedForNewRequestsAndNoneInFlightIsLost() throws IOException, InterruptedException {
        for (String id : List.of("d", "e")) {
            world.upstream(id, Behaviour.ofTenAds(id).with(Latency.millis(50)));
        }
        List<Sent> warm = new ArrayList<>();
        List<Swap> swaps = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.start(world.stack.settings().config(), line -> {})) {
            assertThat(pipeline.awaitRunning(World.PATIENCE)).isTrue();
            swap("d");
            await().atMost(World.PATIENCE).until(() -> {
                warm.add(send());
                return world.calls("d") > 50;
            });
            for (int i = 0; i < SWAPS; i++) {
                swaps.add(swapped(i % 2 == 0 ? "e" : "d"));
            }
            Stream.concat(warm.stream(), swaps.stream().flatMap(swap -> swap.sent().stream()))
                    .forEach(sent -> assertThat(answers(sent)).hasSize(1));
            double[] millis = swaps.stream()
                    .mapToDouble(this::millisUntilAllUseIt)
                    .sorted()
                    .toArray();
            System.out.printf(
                    "SC-009: %d swaps under load: requests use the new pool %.1f ms after its record in the median, %.1f ms at most%n",
                    SWAPS, millis[SWAPS / 2], millis[SWAPS - 1]);
        }
    }

    private record Sent(AdRequest request, long nanos) {}

    /**
     * @param nanos when the broker had the record
     * @param sent since then
     * @param called when the new one had been called
     */
    private record Swap(String to, long nanos, List<Sent> sent, long called) {}

    /** Swaps, and asks until the new one is called. */
    private Swap swapped(String to) {
        send();
        long before = world.calls(to);
        swap(to);
        long swapped = System.nanoTime();
        List<Sent> sent = new ArrayList<>();
        long end = swapped + World.PATIENCE.toNanos();
        while (world.calls(to) == before) {
            assertThat(System.nanoTime()).as("swap to " + to).isLessThan(end);
            sent.add(send());
        }
        return new Swap(to, swapped, sent, System.nanoTime());
    }

    /** Requests of two partitions need not be decided in the order in which they were sent: what counts is the last one that used the old pool. */
    private double millisUntilAllUseIt(Swap swap) {
        long since = swap.nanos();
        for (int i = 0; i < swap.sent().size(); i++) {
            if (!upstream(swap.sent().get(i)).equals(swap.to())) {
                boolean isLast = i + 1 == swap.sent().size();
                since = isLast ? swap.called() : swap.sent().get(i + 1).nanos();
            }
        }
        return (since - swap.nanos()) / 1e6;
    }

    private String upstream(Sent sent) {
        return answers(sent)
                .getFirst()
                .getSlots()
                .getFirst()
                .getAds()
                .getFirst()
                .getUpstream();
    }

    private List<AdResponse> answers(Sent sent) {
        world.answerTo(sent.request().getId());
        return world.answersTo(sent.request().getId());
    }

    private Sent send() {
        Sent sent = new Sent(request(World.newUser(), "film").build(), System.nanoTime());
        world.producer().ask(sent.request());
        return sent;
    }

    private void swap(String upstream) {
        world.stack.put(pooledCampaign("film", "film")
                .setPool(pool(SelectorKind.ROUND_ROBIN, upstream))
                .setBudgetNanos(budgetFor(100_000))
                .build());
    }

    /** Who each user's ad came from. */
    private Map<String, String> upstreams(List<String> users) {
        Map<String, AdRequest> requests = new HashMap<>();
        for (String user : users) {
            AdRequest request = request(user, "film").build();
            requests.put(user, request);
            world.start(request);
        }
        Map<String, String> upstreams = new HashMap<>();
        List<String> left = new ArrayList<>(users);
        await().atMost(World.PATIENCE).until(() -> {
            left.removeIf(user -> {
                var answers = world.answersTo(requests.get(user).getId());
                answers.forEach(answer -> upstreams.put(
                        user, answer.getSlots().getFirst().getAds().getFirst().getUpstream()));
                return !answers.isEmpty();
            });
            return left.isEmpty();
        });
        return upstreams;
    }

    private static Pool pool(SelectorKind selector, String... upstreams) {
        return Pool.newBuilder()
                .setUpstreams(List.of(upstreams))
                .setSelector(selector)
                .build();
    }
}

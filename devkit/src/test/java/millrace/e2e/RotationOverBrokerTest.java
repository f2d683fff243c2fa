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
import millrace.Pipeline;
import millrace.config.Settings;
import millrace.devkit.upstreams.Behaviour;
import millrace.schemas.AdRequest;
import millrace.schemas.Pool;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation in pipelines that come and go. */
class RotationOverBrokerTest {
    private static final int USERS = 40;

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

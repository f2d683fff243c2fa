package millrace.e2e;

import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.newUserOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import millrace.devkit.http.Request;
import millrace.devkit.upstreams.Behaviour;
import millrace.schemas.AdRequest;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How upstreams are called: none holds up another's answer, and each gets its own cookies back. */
class CallsTest {
    private static final String SLOW_HOST = "slow.example";
    private static final int PARTITION = 1;

    private static final CountDownLatch NAME_SERVER_ANSWERS = new CountDownLatch(1);
    private static final Set<String> LOOKED_UP = ConcurrentHashMap.newKeySet();
    private static World world;

    @BeforeAll
    static void start() {
        world = World.of("calls");
        List.of("slow", "fast", "cookies", "other")
                .forEach(id -> world.stack.put(placement(id).build()));
        world.upstream("fast", Behaviour.ofTenAds("fast"));
        world.upstream("cookies", Behaviour.ofTenAds("cookies").withCookies(Map.of("seat", "12-b")));
        World.upstreams().define(world.tag("other"), Behaviour.ofTenAds("other"));
        world.upstreamAt("other", World.upstreams().tag(world.tag("other")).replace("127.0.0.1", "other.example"));
        world.upstreamAt("slow", World.upstreams().tag(world.tag("fast")).replace("127.0.0.1", SLOW_HOST));
        world.stack.put(pooledCampaign("slow", "slow", "slow").build());
        world.stack.put(pooledCampaign("fast", "fast", "fast").build());
        world.stack.put(pooledCampaign("other", "other", "other").build());
        world.stack.put(pooledCampaign("cookies", "cookies", "cookies").build());
        world.stack.run(CallsTest::lookUp, line -> {});
    }

    @AfterAll
    static void stop() {
        NAME_SERVER_ANSWERS.countDown();
        world.close();
    }

    /** A name server that says nothing about one host. */
    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        LOOKED_UP.add(host);
        if (host.equals(SLOW_HOST)) {
            try {
                NAME_SERVER_ANSWERS.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
    }

    @Test
    void slowNameServerDelaysNothingButItsOwnRequest() {
        AdRequest slow =
                request(newUserOn(PARTITION), "slow").setDeadlineMillis(4_000).build();
        world.producer().ask(slow);
        await().atMost(World.PATIENCE).until(() -> LOOKED_UP.contains(SLOW_HOST));

        List<AdRequest> others = Stream.generate(
                        () -> request(newUserOn(PARTITION), "fast").build())
                .limit(20)
                .toList();
        others.forEach(world::start);

        assertThat(others)
                .extracting(request ->
                        world.answerTo(request.getId()).getSlots().getFirst().getOutcome())
                .containsOnly(Outcome.FILLED);
        assertThat(world.answersTo(slow.getId()))
                .as("answers to the slow request, while the others had theirs")
                .isEmpty();
        assertThat(world.answerTo(slow.getId()).getSlots().getFirst().getReason())
                .isIn(NoFillReason.TIMEOUT, NoFillReason.UPSTREAM_ERROR);
    }

    @Test
    void cookieThatAnUpstreamSetComesBackToItAndToNobodyElse() {
        String user = World.newUser();

        world.ad(request(user, "cookies").build());
        world.ad(request(user, "cookies").build());
        world.ad(request(user, "other").build());

        List<Request> asked = World.upstreams().received().of("/vast/" + world.tag("cookies"));
        assertThat(asked).extracting(Request::cookies).containsExactly(Map.of(), Map.of("seat", "12-b"));
        assertThat(World.upstreams().received().of("/vast/" + world.tag("other")))
                .extracting(Request::cookies)
                .as("cookies that the other upstream was sent")
                .containsOnly(Map.of());
    }
}

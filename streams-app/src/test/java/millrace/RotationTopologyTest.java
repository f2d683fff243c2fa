package millrace;

import static millrace.Examples.ad;
import static millrace.Examples.placement;
import static millrace.Examples.pooled;
import static millrace.Examples.request;
import static millrace.Examples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.NoFillReason;
import millrace.schemas.Pool;
import millrace.schemas.PoolRetry;
import millrace.schemas.SelectorKind;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamBreaker;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rotation through the whole topology: what records say is what happens to requests. */
class RotationTopologyTest {
    private static final Resolution FILLED = new Resolution.Filled(List.of(ad("a")), Map.of(), List.of());
    private static final Resolution NO_AD = new Resolution.NoAd("none", Map.of(), List.of());
    private static final Resolution BROKEN = new Resolution.Failed(new UpstreamFailure.Unreachable("no connection"));

    private final TopologyWorld world = new TopologyWorld();
    private int requests;

    @BeforeEach
    void someUpstreams() {
        world.apply(placement("preroll"));
        for (String id : List.of("a", "b", "c")) {
            world.apply(upstream(id));
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void poolIsReplacedForNewRequestsAndCallsThatAreOutEndAsTheyBegan() {
        apply(SelectorKind.ROUND_ROBIN, "a", "b");
        world.request(request("early", "u0"));
        assertThat(out()).containsExactly("a");

        apply(SelectorKind.LEAST_BUSY, "c");
        world.request(request("late", "u0"));

        assertThat(out()).containsExactly("a", "c");
        world.answer(FILLED);
        world.answer(FILLED);
        assertThat(world.answers())
                .allSatisfy(answer ->
                        assertThat(answer.getSlots().getFirst().getAds()).hasSize(1))
                .extracting(answer ->
                        answer.getSlots().getFirst().getAds().getFirst().getUpstream())
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void faultyRecordIsRefusedAndTheOldPoolStays() {
        apply(SelectorKind.ROUND_ROBIN, "a");

        world.apply(pooled("c1")
                .setPool(Pool.newBuilder()
                        .setUpstreams(List.of("b"))
                        .setFilters(List.of("wealth"))
                        .setFallback(SelectorKind.STICKY_USER)
                        .build())
                .build());

        assertThat(world.refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.key()).isEqualTo("c1");
            assertThat(refusal.faults())
                    .extracting(Object::toString)
                    .anySatisfy(fault -> assertThat(fault).contains("pool.filters", "wealth"))
                    .anySatisfy(fault -> assertThat(fault).contains("pool.fallback"));
        });
        assertThat(filledFor("u1")).isEqualTo("a");
    }

    @Test
    void sessionStaysWithItsUpstreamThroughChangesOfThePool() {
        apply(SelectorKind.STICKY_SESSION, "a", "b", "c");
        String ann = filledFor("ann");
        String bob = filledFor("bob");
        assertThat(bob).isNotEqualTo(ann);
        for (int i = 0; i < 5; i++) {
            assertThat(filledFor("ann")).isEqualTo(ann);
            assertThat(filledFor("bob")).isEqualTo(bob);
        }

        world.apply(upstream("d"));
        apply(SelectorKind.STICKY_SESSION, "d", "c", "b", "a");

        assertThat(filledFor("ann")).isEqualTo(ann);
        assertThat(filledFor("bob")).isEqualTo(bob);
    }

    @Test
    void newSessionIsGivenAnewAndAUserIsNot() {
        apply(SelectorKind.STICKY_SESSION, "a", "b");
        assertThat(filledFor("ann")).isEqualTo("a");
        world.pass(Duration.ofMinutes(40));
        assertThat(filledFor("ann")).isEqualTo("b");

        apply(SelectorKind.STICKY_USER, "a", "b", "c");
        String own = filledFor("ann");
        for (int i = 0; i < 3; i++) {
            world.pass(Duration.ofMinutes(40));
            assertThat(filledFor("ann")).isEqualTo(own);
        }
    }

    @Test
    void upstreamWithoutAnAdForOneRequestKeepsItsSession() {
        apply(SelectorKind.STICKY_SESSION, "a", "b");
        assertThat(filledFor("ann")).isEqualTo("a");

        world.request(request("once", "ann"));
        world.answer(NO_AD);
        assertThat(out()).as("the other is asked").containsExactly("b");
        world.answer(FILLED);

        assertThat(filledFor("ann")).isEqualTo("a");
    }

    @Test
    void requestsGoWhereTheirCountryIsServed() {
        world.apply(
                Upstream.newBuilder(upstream("a")).setCountries(List.of("DE")).build());
        world.apply(
                Upstream.newBuilder(upstream("b")).setCountries(List.of("FR")).build());
        apply(SelectorKind.ROUND_ROBIN, "a", "b");

        for (int i = 0; i < 4; i++) {
            world.request(from("fr" + i, "FRA"));
            world.request(from("de" + i, "DE"));
            assertThat(out()).containsExactly("b", "a");
            world.answer(FILLED);
            world.answer(FILLED);
        }
        world.request(from("us", "US"));
        assertThat(out()).isEmpty();
    }

    @Test
    void upstreamThatFailsIsLeftAloneForAWhile() {
        world.apply(Upstream.newBuilder(upstream("a"))
                .setBreaker(UpstreamBreaker.newBuilder().setLeastCalls(3).build())
                .build());
        apply(SelectorKind.WEIGHTED, "a", "b");
        int asked = 0;
        for (int i = 0; i < 20; i++) {
            world.request(request("r" + i, "u" + i));
            if (out().getFirst().equals("a")) {
                asked++;
                world.answer(BROKEN);
            }
            world.answer(FILLED);
        }
        assertThat(asked).isEqualTo(3);

        world.pass(Duration.ofSeconds(5));
        world.request(request("trial", "t"));
        world.request(request("other", "o"));

        assertThat(out()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void failedPoolIsAskedAgainAfterAPauseAndTheOthersOfThePoolFirst() {
        apply(pool -> pool.setRetry(PoolRetry.newBuilder().build()), "a", "b");
        world.request(request("r", "u"));
        world.answer(BROKEN);
        assertThat(out()).as("another at once").containsExactly("b");
        world.answer(new Resolution.Failed(new UpstreamFailure.HttpStatus(503, "busy")));
        assertThat(out()).as("both have failed").isEmpty();

        world.pass(Duration.ofMillis(6));
        assertThat(out()).as("not before half of the pause").isEmpty();
        world.pass(Duration.ofMillis(30));

        assertThat(out()).containsExactly("a");
        world.answer(FILLED);
        assertThat(world.answer().getSlots().getFirst().getAds()).hasSize(1);
    }

    @Test
    void onlyWhatMayPassIsTriedAgainAndOnlyAsOftenAsThePoolSays() {
        apply(
                pool -> pool.setRetry(
                        PoolRetry.newBuilder().setTimes(2).setStatuses(false).build()),
                "a",
                "b",
                "c");
        world.request(request("r", "u"));
        world.answer(new Resolution.Failed(new UpstreamFailure.HttpStatus(503, "busy")));
        world.answer(NO_AD);
        for (int i = 0; i < 2; i++) {
            assertThat(out()).containsExactly("c");
            world.answer(BROKEN);
            world.pass(Duration.ofMillis(80));
        }
        assertThat(out()).containsExactly("c");
        world.answer(BROKEN);
        world.pass(Duration.ofMillis(80));

        assertThat(out()).isEmpty();
        assertThat(world.answer().getSlots().getFirst().getReason()).isEqualTo(NoFillReason.UPSTREAM_ERROR);
    }

    @Test
    void nobodyIsAskedAgainWhenTheTimeIsNotEnough() {
        apply(pool -> pool.setRetry(PoolRetry.newBuilder().setPauseMillis(200).build()), "a");
        world.request(request("r", "u"));
        world.pass(Duration.ofMillis(250));

        world.answer(BROKEN);

        assertThat(world.answer().getSlots().getFirst().getReason()).isEqualTo(NoFillReason.UPSTREAM_ERROR);
    }

    @Test
    void secondUpstreamIsAskedWhenTheFirstTakesLongAndTheLoserIsEnded() {
        apply(pool -> pool.setHedge(true), "a", "b");
        learn(40);
        world.request(request("slow", "u"));
        var first = world.asked.getFirst();
        world.pass(Duration.ofMillis(8));
        assertThat(out()).as("not slow yet").hasSize(1);

        world.pass(Duration.ofMillis(40));
        assertThat(out()).containsExactlyInAnyOrder("a", "b");
        String second = world.asked.getLast().call().upstream().id();
        world.asked.removeLast().answer().complete(FILLED);
        world.pass(Duration.ofMillis(2));

        assertThat(first.answer().isCancelled()).as("the loser").isTrue();
        assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getUpstream())
                .isEqualTo(second);
    }

    @Test
    void ofTwoThatAreAskedTheOneWithoutAnAdLeavesItToTheOther() {
        apply(pool -> pool.setHedge(true), "a", "b");
        learn(40);
        for (boolean firstHasIt : List.of(true, false)) {
            world.request(request("slow" + firstHasIt, "u"));
            world.pass(Duration.ofMillis(60));
            var first = world.asked.removeFirst();
            var second = world.asked.removeFirst();

            (firstHasIt ? second : first).answer().complete(NO_AD);
            world.pass(Duration.ofMillis(2));
            assertThat(world.answers()).as("the other may have an ad").isEmpty();
            assertThat(out()).as("nobody else is asked meanwhile").isEmpty();
            (firstHasIt ? first : second).answer().complete(FILLED);
            world.pass(Duration.ofMillis(2));

            assertThat(world.answer().getSlots().getFirst().getAds().getFirst().getUpstream())
                    .isEqualTo((firstHasIt ? first : second).call().upstream().id());
        }
    }

    @Test
    void bothCallsEndWithTheDeadline() {
        apply(pool -> pool.setHedge(true), "a", "b");
        learn(40);
        world.request(request("slow", "u"));
        world.pass(Duration.ofMillis(60));
        assertThat(world.asked).hasSize(2);

        world.pass(Duration.ofMillis(400));

        assertThat(world.asked)
                .allSatisfy(asked -> assertThat(asked.answer().isCancelled()).isTrue());
        assertThat(world.answer().getSlots().getFirst().getReason()).isEqualTo(NoFillReason.TIMEOUT);
    }

    /** Answers of ten milliseconds, so many that the pool knows what is slow. */
    private void learn(int requests) {
        for (int i = 0; i < requests; i++) {
            world.request(request("learn" + i, "u"));
            world.pass(Duration.ofMillis(8));
            world.answer(FILLED);
        }
        assertThat(world.answers()).hasSize(requests);
    }

    private void apply(Consumer<Pool.Builder> change, String... upstreams) {
        Pool.Builder pool = Pool.newBuilder().setUpstreams(List.of(upstreams));
        change.accept(pool);
        world.apply(pooled("c1").setPool(pool.build()).build());
    }

    private void apply(SelectorKind selector, String... upstreams) {
        world.apply(pooled("c1")
                .setPool(Pool.newBuilder()
                        .setUpstreams(List.of(upstreams))
                        .setSelector(selector)
                        .build())
                .build());
    }

    /** Who is being asked, in the order of asking. */
    private List<String> out() {
        List<String> out = new ArrayList<>();
        world.asked.forEach(asked -> out.add(asked.call().upstream().id()));
        return out;
    }

    private String filledFor(String user) {
        world.request(request("r" + requests++, user));
        String upstream = out().getFirst();
        world.answer(FILLED);
        return upstream;
    }

    private static AdRequest from(String id, String country) {
        return AdRequest.newBuilder(request(id, id))
                .setDevice(Device.newBuilder()
                        .setGeo(Geo.newBuilder().setCountry(country).build())
                        .build())
                .build();
    }
}

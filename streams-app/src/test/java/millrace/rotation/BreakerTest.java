package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import millrace.catalog.BreakerTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final BreakerTerms TERMS =
            new BreakerTerms(50, 4, Duration.ofSeconds(10), Duration.ofSeconds(5), Optional.of(Duration.ofMillis(200)));

    private final List<Class<?>> became = new ArrayList<>();
    private long now = -3_000_000_000L;
    private final Breaker breaker = new Breaker(TERMS, now, state -> became.add(state.getClass()));

    @Test
    void halfOfTheCallsOfTheWindowOpenIt() {
        answer();
        answer();
        fail();
        assertThat(breaker.admits(now)).isTrue();

        fail();

        assertThat(breaker.admits(now)).isFalse();
        assertThat(breaker.enter(now)).isEqualTo(Breaker.REFUSED);
    }

    @Test
    void fewCallsNeverOpenIt() {
        fail();
        fail();
        fail();

        assertThat(breaker.admits(now)).isTrue();
    }

    @Test
    void callsThatAreOlderThanTheWindowDoNotCount() {
        fail();
        fail();
        fail();
        now += Duration.ofSeconds(11).toNanos();

        fail();

        assertThat(breaker.admits(now)).isTrue();
    }

    @Test
    void slowAnswersAreAsBadAsNone() {
        for (int i = 0; i < 4; i++) {
            breaker.answered(breaker.enter(now), Duration.ofMillis(201).toNanos(), now);
        }

        assertThat(breaker.state()).isInstanceOf(BreakerState.Open.class);
    }

    @Test
    void oneTrialIsLetThroughWhenItsTimeIsOver() {
        open();
        now += Duration.ofSeconds(5).toNanos() - 1;
        assertThat(breaker.admits(now)).isFalse();

        now += 1;
        assertThat(breaker.admits(now)).isTrue();
        assertThat(breaker.enter(now)).isNotEqualTo(Breaker.REFUSED);

        assertThat(breaker.admits(now)).as("a second one").isFalse();
        assertThat(breaker.enter(now)).isEqualTo(Breaker.REFUSED);
    }

    @Test
    void trialThatGoesWellClosesItAndOneThatGoesBadlyOpensItAgain() {
        open();
        now += Duration.ofSeconds(5).toNanos();
        breaker.failed(breaker.enter(now), now);
        assertThat(breaker.admits(now)).isFalse();

        now += Duration.ofSeconds(5).toNanos();
        breaker.answered(breaker.enter(now), 1, now);

        assertThat(breaker.state()).isInstanceOf(BreakerState.Closed.class);
        assertThat(became)
                .containsExactly(
                        BreakerState.Open.class,
                        BreakerState.HalfOpen.class,
                        BreakerState.Open.class,
                        BreakerState.HalfOpen.class,
                        BreakerState.Closed.class);
        fail();
        fail();
        fail();
        assertThat(breaker.admits(now)).as("begins with an empty window").isTrue();
    }

    @Test
    void trialThatWeEndedOurselvesLeavesRoomForAnother() {
        open();
        now += Duration.ofSeconds(5).toNanos();
        breaker.ignored(breaker.enter(now), now);

        assertThat(breaker.enter(now)).isNotEqualTo(Breaker.REFUSED);
    }

    @Test
    void trialThatNeverComesBackIsFollowedByAnotherAndCountsNoMore() {
        open();
        now += Duration.ofSeconds(5).toNanos();
        long lost = breaker.enter(now);
        now += Duration.ofSeconds(60).toNanos();
        long second = breaker.enter(now);
        assertThat(second).isNotEqualTo(Breaker.REFUSED);

        breaker.answered(lost, 1, now);
        assertThat(breaker.state()).isInstanceOf(BreakerState.HalfOpen.class);
        breaker.answered(second, 1, now);

        assertThat(breaker.state()).isInstanceOf(BreakerState.Closed.class);
    }

    @Test
    void outcomesOfCallsFromBeforeItOpenedCountNoMore() {
        long early = breaker.enter(now);
        open();
        now += Duration.ofSeconds(5).toNanos();
        breaker.enter(now);

        breaker.answered(early, 1, now);
        breaker.failed(early, now);
        breaker.ignored(early, now);

        assertThat(breaker.state()).isInstanceOf(BreakerState.HalfOpen.class);
    }

    /** Whatever happens in whatever order, at most one call is out while it is not closed. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void thereIsNeverMoreThanOneTrial(long seed) {
        RandomGenerator random = Bench.random(seed);
        List<Long> trials = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(100_000_000);
            boolean wasClosed = breaker.state() instanceof BreakerState.Closed;
            long pass = breaker.enter(now);
            if (pass != Breaker.REFUSED) {
                (wasClosed ? others : trials).add(pass);
                seen += wasClosed ? 0 : 1;
            }
            assertThat(trials).hasSizeLessThanOrEqualTo(1);
            List<Long> ending = random.nextBoolean() || others.isEmpty() ? trials : others;
            if (!ending.isEmpty() && random.nextInt(3) > 0) {
                end(ending.removeLast(), random.nextInt(4));
            }
        }
        assertThat(seen).as("trials").isGreaterThan(20);
    }

    private void end(long pass, int how) {
        switch (how) {
            case 0 -> breaker.answered(pass, 1, now);
            case 1 -> breaker.ignored(pass, now);
            default -> breaker.failed(pass, now);
        }
    }

    private void open() {
        for (int i = 0; i < 4; i++) {
            fail();
        }
        assertThat(breaker.admits(now)).isFalse();
    }

    private void fail() {
        breaker.failed(breaker.enter(now), now);
    }

    private void answer() {
        breaker.answered(breaker.enter(now), Duration.ofMillis(50).toNanos(), now);
    }
}

package millrace.gateway.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import millrace.schemas.AdResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Outcome ANSWER = new Outcome.Answered(AdResponse.newBuilder()
            .setRequestId("r")
            .setPlacement("p")
            .setDecidedAt(1)
            .setTookMicros(1)
            .build());

    private final Waiting waiting = new Waiting(7, 3);
    private final List<Outcome> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        waiting.close();
    }

    @Test
    void firstAnswerEndsTheCallAndASecondFindsNobody() {
        byte[] number = waiting.begin(LONG, told::add).orElseThrow();

        assertThat(waiting.expects(number)).isTrue();
        assertThat(waiting.end(number, ANSWER)).isTrue();
        assertThat(waiting.end(number, ANSWER)).isFalse();
        assertThat(told).containsExactly(ANSWER);
    }

    @Test
    void deadlineEndsTheCallAndAnAnswerAfterItFindsNobody() {
        byte[] number = waiting.begin(Duration.ofMillis(1), told::add).orElseThrow();

        await().until(() -> told.size() == 1);
        assertThat(told.getFirst()).isInstanceOf(Outcome.Late.class);
        assertThat(waiting.end(number, ANSWER)).isFalse();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void timeThatIsOverAlreadyEndsTheCallAtOnce() {
        IntStream.range(0, 3).forEach(i -> waiting.begin(Duration.ZERO, told::add));

        await().until(() -> told.size() == 3);
        assertThat(waiting.size()).isZero();
    }

    @Test
    void oneTooManyDoesNotBegin() {
        IntStream.range(0, 3).forEach(i -> waiting.begin(LONG, told::add));

        assertThat(waiting.begin(LONG, told::add)).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void answersOfAnotherGatewayAndOfNoneAreNobodys() {
        waiting.begin(LONG, told::add);
        Waiting other = new Waiting(8, 3);
        byte[] theirs = other.begin(LONG, outcome -> {}).orElseThrow();
        other.close();

        assertThat(waiting.expects(theirs)).isFalse();
        assertThat(waiting.expects(new byte[0])).isFalse();
        assertThat(waiting.expects(new byte[16])).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void thoseWhoWaitWhenItClosesAreTold() {
        waiting.begin(LONG, told::add);

        waiting.close();

        assertThat(told).hasSize(1);
    }
}

package millrace.devkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {

    // Close to the end of a long: nanoTime may wrap while a server runs.
    private static final long START_NANOS = Long.MAX_VALUE - 1_000_000;

    private final Timers timers = new Timers(START_NANOS);
    private final List<String> done = new ArrayList<>();

    @Test
    void runsWhatIsDueInTheOrderOfItsTime() {
        timers.in(Duration.ofMillis(20), START_NANOS, () -> done.add("later"));
        timers.in(Duration.ofMillis(10), START_NANOS, () -> done.add("sooner"));

        timers.run(after(20_000_000));

        assertThat(done).containsExactly("sooner", "later");
        assertThat(timers.isEmpty()).isTrue();
    }

    @Test
    void leavesWhatIsNotDueYet() {
        timers.in(Duration.ofMillis(20), START_NANOS, () -> done.add("later"));

        timers.run(after(19_999_999));

        assertThat(done).isEmpty();
        assertThat(timers.millisToNext(after(18_500_000))).isEqualTo(2);
        assertThat(timers.millisToNext(after(20_000_000))).isZero();
    }

    @Test
    void leavesWhatADueActionAsksForToTheNextRun() {
        timers.in(Duration.ZERO, START_NANOS, () -> timers.in(Duration.ZERO, START_NANOS, () -> done.add("second")));

        timers.run(START_NANOS);
        assertThat(done).isEmpty();

        timers.run(START_NANOS);
        assertThat(done).containsExactly("second");
    }

    @Test
    void runsTheSameMomentInTheOrderAskedFor() {
        for (int i = 0; i < 100; i++) {
            String name = "action " + i;
            timers.in(Duration.ofMillis(5), START_NANOS, () -> done.add(name));
        }

        timers.run(after(5_000_000));

        assertThat(done).hasSize(100).startsWith("action 0", "action 1").endsWith("action 99");
    }

    private static long after(long nanos) {
        return START_NANOS + nanos;
    }
}

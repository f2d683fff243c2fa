package millrace.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final long MILLI = 1_000_000;

    private final List<Arrived> arrived = new ArrayList<>();

    /** Of partitions 0 and 1, a second after the beginning. */
    private static Outage outage() {
        return new Outage("kill", Outage.Kind.TAKEN_OVER, 1_000 * MILLI, 1_000 * MILLI, Set.of(0, 1), Instant.EPOCH);
    }

    private void answer(int partition, int reply, long dueMillis, long atMillis) {
        arrived.add(new Arrived(dueMillis * MILLI, atMillis * MILLI, partition, reply, 1, 1, 0, 0));
        arrived.sort(Comparator.comparingLong(Arrived::at));
    }

    @Test
    void recoveryIsTheFirstAnswerToWhatWasDueAfterTheOutageBegan() {
        answer(0, -1, 990, 1_050); // Committed before the kill, read after it.
        answer(0, -1, 1_010, 7_000);
        answer(1, -1, 1_200, 8_500);

        Recovery recovery = Recovery.of(outage(), arrived);

        assertThat(recovery.first()).isEqualTo(6_000);
        assertThat(recovery.all()).isEqualTo(7_500);
    }

    @Test
    void silenceOfOthersIsTheirLongestTimeWithoutAnAnswer() {
        for (int partition = 2; partition < ChaosPlan.PARTITIONS; partition++) {
            for (long at = 1_000; at < 14_000; at += 500) {
                answer(partition, -1, at, at + 1);
            }
        }
        arrived.removeIf(each -> each.partition() == 5 && each.at() > 4_000 * MILLI && each.at() < 6_900 * MILLI);

        assertThat(Recovery.of(outage(), arrived).others()).isEqualTo(3_500);
    }

    @Test
    void silenceOfReplyPartitionsIsThatOfOtherInstancesAnswers() {
        for (long at = 1_000; at < 14_000; at += 250) {
            for (int reply = 0; reply < ChaosPlan.PARTITIONS; reply++) {
                answer(4, reply, at, at + 1);
            }
        }
        arrived.removeIf(each -> each.reply() == 3 && each.at() > 2_000 * MILLI && each.at() < 4_900 * MILLI);

        assertThat(Recovery.of(outage(), arrived).replies()).isEqualTo(3_250);
    }

    @Test
    void whatNeverCameBackIsNoFigure() {
        assertThat(Recovery.of(outage(), List.of()).all()).isNegative();
    }

    @Test
    void latenciesAreRanksOfWhatWasDueInBetween() {
        for (int i = 1; i <= 100; i++) {
            answer(0, -1, 1_000, 1_000 + i);
        }
        answer(0, -1, 5_000, 9_000);

        assertThat(Latencies.between(arrived, 0, 2_000 * MILLI)).isEqualTo(new Latencies(100, 50, 99, 100));
    }
}

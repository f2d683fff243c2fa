package millrace.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionBookTest {

    @Test
    void watermarkIsTheFirstNoticeThatIsNotDone() {
        PartitionBook book = new PartitionBook(10, 0, Map.of(), Set.of());
        assertThat(book.watermark()).isEqualTo(10);

        List.of(10L, 11L, 12L).forEach(book::opened);
        book.done(11);
        assertThat(book.watermark()).isEqualTo(10);
        book.done(10);
        assertThat(book.watermark()).isEqualTo(12);
        book.done(12);
        assertThat(book.watermark()).isEqualTo(13);
    }

    @Test
    void whatALifeBeforeBeganIsMetOnce() {
        PartitionBook book = new PartitionBook(10, 5, Map.of(11L, 3L), Set.of("bill"));

        assertThat(book.wasBegun("other")).isFalse();
        assertThat(book.wasBegun("bill")).isTrue();
        assertThat(book.wasBegun("bill")).isFalse();
    }

    @Test
    void bookReadBackIsReadBackFromTheSamePlaceAgain() {
        PartitionBook book = new PartitionBook(10, 50, Map.of(12L, 30L, 11L, 40L), Set.of("a", "b"));

        assertThat(book.readBackFrom()).isEqualTo(30);
        assertThat(new PartitionBook(10, 50, Map.of(), Set.of()).readBackFrom()).isEqualTo(50);
    }

    /** Of any crash: whatever was recorded and is read again is found from the place that was committed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRecordOfANoticeThatIsReadAgainIsReadBack(long seed) {
        Random random = new Random(seed);
        PartitionBook book = new PartitionBook(0, 0, Map.of(), Set.of());
        Map<Long, Long> firstRecords = new TreeMap<>();
        List<Long> open = new ArrayList<>();
        long read = 0;
        long written = 0;
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    book.opened(read);
                    open.add(read++);
                }
                case 1 -> {
                    if (!open.isEmpty()) {
                        long notice = open.get(random.nextInt(open.size()));
                        firstRecords.putIfAbsent(notice, written);
                        book.recorded(notice, written);
                        written += 1 + random.nextInt(2);
                    }
                }
                default -> {
                    if (!open.isEmpty()) {
                        book.done(open.remove(random.nextInt(open.size())));
                    }
                }
            }
            long watermark = book.watermark();
            long from = book.readBackFrom();
            assertThat(open).allMatch(notice -> notice >= watermark);
            firstRecords.forEach((notice, at) -> {
                if (notice >= watermark) {
                    assertThat(at).isGreaterThanOrEqualTo(from);
                }
            });
        }
    }

    @Test
    void hostHasItsCallsAtATimeAndTheOthersWait() {
        HostGate gate = new HostGate(2);
        List<String> begun = new ArrayList<>();
        List.of("a1", "a2", "a3", "a4").forEach(call -> gate.enter("a", () -> begun.add(call)));
        gate.enter("b", () -> begun.add("b1"));

        assertThat(begun).containsExactly("a1", "a2", "b1");
        gate.ended("a");
        assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
        List.of("a", "a", "a", "b").forEach(gate::ended);
        assertThat(begun).endsWith("a4");
        assertThat(gate.hosts()).isZero();
    }
}

package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import millrace.caps.Exposure.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSlotCodecTest {
    private static final Exposure ONE = new Exposure(
            Instant.ofEpochMilli(1_773_144_000_123L),
            new CapSubject("c1", "cr1", "acme", "preroll", ""),
            9,
            -5,
            State.SHOWN,
            0);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsWrittenIsRead(long seed) throws UnreadableSlot {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 100; i++) {
            TimeSlot slot = new TimeSlot(IntStream.range(0, random.nextInt(30))
                    .mapToObj(n -> exposure(random))
                    .toList());

            assertThat(new SlotBytes(TimeSlotCodec.encode(slot)).slot()).isEqualTo(slot);
        }
    }

    @Test
    void bytesAreTheOnesOfVersionTwo() {
        assertThat(TimeSlotCodec.encode(new TimeSlot(List.of(new Exposure(
                        Instant.ofEpochMilli(258), new CapSubject("a", "b", "a", "", ""), 4, 3, State.SHOWN, 5)))))
                .containsExactly(
                        2, // version
                        0, 3, // ids: a, b and the empty one
                        0, 1, 'a', 0, 1, 'b', 0, 0, // each with its length
                        0, 1, // exposures
                        0, 0, 0, 0, 0, 0, 1, 2, // time 258
                        0, 0, 0, 0, 0, 0, 0, 3, // reservation
                        0, 0, 0, 0, 0, 0, 0, 4, // session
                        0b1011, // shown, and counted for ever under campaign and advertiser
                        0, 0, 0, 1, 0, 0, 0, 2, 0, 2);
    }

    @Test
    void fullestSlotIsBelowAMegabyte() throws UnreadableSlot {
        TimeSlot slot = new TimeSlot(IntStream.range(0, TimeSlot.MAX_EXPOSURES)
                .mapToObj(n -> new Exposure(
                        Instant.ofEpochMilli(n),
                        new CapSubject(longId("c", n), longId("cr", n), longId("a", n), longId("p", n), longId("u", n)),
                        n,
                        n,
                        State.RESERVED,
                        63))
                .toList());

        byte[] bytes = TimeSlotCodec.encode(slot);

        assertThat(bytes).hasSizeLessThan(950_000);
        assertThat(new SlotBytes(bytes).slot()).isEqualTo(slot);
    }

    static List<byte[]> hostileBytes() {
        byte[] good = TimeSlotCodec.encode(new TimeSlot(List.of(ONE)));
        List<byte[]> hostile = new ArrayList<>();
        for (int length = 0; length < good.length; length++) {
            hostile.add(Arrays.copyOf(good, length));
        }
        hostile.add(Arrays.copyOf(good, good.length + 1));
        hostile.add(new byte[] {1, 0, 0, 0, 0});
        hostile.add(new byte[] {2, -1, -1});
        hostile.add(new byte[] {2, 0, 1, -1, -1, 'a'});
        hostile.add(new byte[] {2, 0, 0, -1, -1});
        hostile.add(new byte[] {2, 0, 0, 2, -67});
        hostile.add(with(good, good.length - 1, 77));
        hostile.add(with(good, good.length - 11, -1));
        hostile.add(with(good, good.length - 35, -128));
        return hostile;
    }

    @ParameterizedTest
    @MethodSource("hostileBytes")
    void hostileBytesAreUnreadable(byte[] hostile) {
        assertThatThrownBy(() -> new SlotBytes(hostile)).isInstanceOf(UnreadableSlot.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void noBytesWhateverDoAnythingElse(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] good = TimeSlotCodec.encode(new TimeSlot(List.of(ONE)));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = with(good, random.nextInt(good.length), random.nextInt(256));
            bytes = with(bytes, random.nextInt(good.length), random.nextInt(256));
            try {
                assertThat(new SlotBytes(bytes).slot().exposures()).hasSize(1);
            } catch (UnreadableSlot expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static String longId(String prefix, int n) {
        String id = prefix + n;
        return id + "x".repeat(BoundedId.MAX_BYTES - id.length());
    }

    private static Exposure exposure(RandomGenerator random) {
        String[] ids = {"", "c1", "кампания", "😀", "x".repeat(256), "x".repeat(257)};
        return new Exposure(
                Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                new CapSubject(
                        ids[random.nextInt(ids.length)],
                        ids[random.nextInt(ids.length)],
                        ids[random.nextInt(ids.length)],
                        ids[random.nextInt(ids.length)],
                        ids[random.nextInt(ids.length)]),
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? State.SHOWN : State.RESERVED,
                random.nextInt(64));
    }
}

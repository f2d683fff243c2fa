package millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import millrace.money.BudgetDay;
import millrace.money.Cpm;
import millrace.money.Money;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReservationSerdeTest {
    private static final List<ReservationState> STATES = List.copyOf(EnumSet.allOf(ReservationState.class));

    private final Serde<Reservation> serde = ReservationSerde.serde();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyReservationComesBackAsItWas(long seed) {
        Reservation reservation = random(new SplittableRandom(seed));

        assertThat(read(write(reservation))).isEqualTo(reservation);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBytesAreAnErrorOfTheirOwnOrAnotherReservation(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = write(random(random));

        for (int i = 0; i < 100; i++) {
            // When
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));

            // Then
            try {
                assertThat(read(damaged)).isNotNull();
            } catch (SerializationException refused) {
                assertThat(refused).hasMessageContaining("reservation");
            }
            assertThatThrownBy(() -> read(cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void aLaterVersionIsRefused() {
        byte[] bytes = write(Samples.reservation(Samples.NOW, Samples.TTL));
        bytes[0] = 4;

        assertThatThrownBy(() -> read(bytes)).hasMessage("reservation is of version 4; allowed are 2 and 3");
    }

    @Test
    void aRowOfBeforeBidsIsRead() {
        byte[] bytes = write(Samples.reservation(Samples.NOW, Samples.TTL));
        byte[] before = java.util.Arrays.copyOf(bytes, bytes.length - 2 * Integer.BYTES);
        before[0] = 2;

        assertThat(read(before)).isEqualTo(Samples.reservation(Samples.NOW, Samples.TTL));
    }

    @Test
    void whatIsLeftOfABidIsReadAgain() {
        Reservation plain = Samples.reservation(Samples.NOW, Samples.TTL);
        Reservation sold = new Reservation(
                plain.state(),
                plain.userKey(),
                plain.sessionId(),
                plain.requestId(),
                plain.slot(),
                plain.placement(),
                Optional.empty(),
                plain.creative(),
                plain.advertiser(),
                plain.upstream(),
                plain.cost(),
                plain.budgetDay(),
                plain.price(),
                plain.currency(),
                plain.servedAt(),
                plain.expiresAt(),
                plain.house(),
                plain.test(),
                Optional.of(new SoldBid("east/c1", Optional.of("https://b.example/bill"))));

        assertThat(read(write(sold))).isEqualTo(sold);
        assertThat(sold.campaignKey()).isEqualTo("east/c1");
    }

    @Test
    void theUserDoesNotPrint() {
        assertThat(Samples.reservation(Samples.NOW, Samples.TTL).toString()).doesNotContain("user");
    }

    private byte[] write(Reservation reservation) {
        return serde.serializer().serialize("reservations", reservation);
    }

    private Reservation read(byte[] bytes) {
        return serde.deserializer().deserialize("reservations", bytes);
    }

    private static Reservation random(SplittableRandom random) {
        Instant servedAt = Instant.ofEpochMilli(random.nextLong(1L << 42));
        return new Reservation(
                STATES.get(random.nextInt(STATES.size())),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                optional(random),
                text(random),
                optional(random),
                optional(random),
                new Money(random.nextLong(Long.MAX_VALUE)),
                new BudgetDay(random.nextInt()),
                new Cpm(random.nextLong(Long.MAX_VALUE)),
                "USD",
                servedAt,
                servedAt.plusMillis(random.nextLong(1L << 30)),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static Optional<String> optional(SplittableRandom random) {
        return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x1F300, 0x1F600) : random.nextInt(0x4FF));
        }
        return text.toString();
    }
}

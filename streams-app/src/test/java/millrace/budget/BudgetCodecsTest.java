package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import millrace.catalog.Budget;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.GrantVerdict;
import millrace.schemas.Pacing;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetCodecsTest {
    private final Serde<Lease> leases = LeaseSerde.serde();
    private final Serde<LedgerEntry> entries = LedgerEntrySerde.serde();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyLeaseAndEntryComeBackAsTheyWere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Lease lease = lease(random);
        LedgerEntry entry = entry(random);

        assertThat(roundTrip(leases, lease)).isEqualTo(lease);
        assertThat(roundTrip(entries, entry)).isEqualTo(entry);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBytesAreAnErrorOfTheirOwnOrAnotherValue(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        damage(leases, lease(random), random);
        damage(entries, entry(random), random);
    }

    private static <T> void damage(Serde<T> serde, T value, SplittableRandom random) {
        byte[] bytes = serde.serializer().serialize("store", value);
        for (int i = 0; i < 50; i++) {
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThatThrownBy(() -> serde.deserializer().deserialize("store", cut))
                    .isInstanceOf(SerializationException.class);
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(serde.deserializer().deserialize("store", damaged)).isNotNull();
            } catch (SerializationException refused) {
                assertThat(refused).hasMessageMatching(".*(lease|ledger entry|verdict|funds|pacing).*");
            }
        }
    }

    private static <T> T roundTrip(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("store", serde.serializer().serialize("store", value));
    }

    private static Lease lease(SplittableRandom random) {
        long spent = random.nextLong(1L << 61);
        long returned = random.nextLong(1L << 61);
        long reserved = random.nextLong(1L << 61);
        return new Lease(
                "EUR",
                spent + returned + reserved + random.nextLong(1L << 60),
                spent,
                returned,
                reserved,
                random.nextLong(1L << 61),
                new Lease.Said(random.nextLong(), random.nextLong(), random.nextLong()),
                new Lease.Heard(random.nextLong(), verdict(random)),
                random.nextBoolean());
    }

    private static LedgerEntry entry(SplittableRandom random) {
        TreeMap<Holder, Share> shares = new TreeMap<>();
        int count = random.nextInt(33);
        for (int i = 0; i < count; i++) {
            shares.put(
                    new Holder(new BudgetDay(random.nextInt(30_000)), random.nextInt(1_000)),
                    new Share(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            verdict(random)));
        }
        return new LedgerEntry(
                "USD",
                funds(random),
                shares,
                random.nextLong(),
                new Pace(new BudgetDay(random.nextInt()), random.nextLong()),
                new LedgerEntry.ClosedDays(new BudgetDay(random.nextInt()), random.nextLong()));
    }

    private static Funds funds(SplittableRandom random) {
        Funds.Why[] closed = Funds.Why.values();
        Pacing[] pacings = Pacing.values();
        return random.nextInt(3) == 0
                ? new Funds.Closed(closed[random.nextInt(closed.length)])
                : new Funds.Open(
                        "GBP",
                        new Money(random.nextLong()),
                        new Budget(
                                optional(random).map(Money::new),
                                optional(random).map(Money::new),
                                ZoneId.of(random.nextBoolean() ? "America/Sao_Paulo" : "UTC"),
                                pacings[random.nextInt(pacings.length)]),
                        optional(random).map(Instant::ofEpochMilli),
                        optional(random).map(Instant::ofEpochMilli));
    }

    private static Optional<Long> optional(SplittableRandom random) {
        return random.nextBoolean() ? Optional.of(random.nextLong()) : Optional.empty();
    }

    private static GrantVerdict verdict(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> GrantVerdict.GRANTED;
            case 1 -> GrantVerdict.LEASED_OUT;
            case 2 -> GrantVerdict.EXHAUSTED;
            case 3 -> GrantVerdict.PACED;
            default -> GrantVerdict.REFUSED;
        };
    }
}

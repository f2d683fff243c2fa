package millrace.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import millrace.money.BudgetDay;
import millrace.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What even pacing has due, and how fast it may catch up. */
class PacingTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-02T00:00:00Z");
    private static final Money UNIT = new Money(100);
    /** One ad a minute. */
    private static final Schedule DAY =
            new Schedule(new Money(144_000), UNIT, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1)));

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Test
    void nothingIsDueBeforeTheBeginAndAllAtTheEnd() {
        assertThat(DAY.due(MIDNIGHT.minusMillis(1))).isEqualTo(Money.ZERO);
        assertThat(DAY.due(MIDNIGHT)).as("the first need not wait").isEqualTo(UNIT);
        assertThat(DAY.due(MIDNIGHT.plus(Duration.ofHours(12)))).isEqualTo(new Money(72_000 + 100));
        assertThat(DAY.due(MIDNIGHT.plus(Duration.ofDays(1)).minusMillis(1))).isEqualTo(DAY.amount());
        assertThat(DAY.due(MIDNIGHT.plus(Duration.ofDays(9)))).isEqualTo(DAY.amount());
    }

    @Test
    void theLargestBudgetOverTheLongestFlightIsExact() {
        Schedule century = new Schedule(
                new Money(4_000_000_000_000_000_000L), UNIT, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(36_500)));

        assertThat(century.due(MIDNIGHT.plus(Duration.ofDays(18_250))))
                .isEqualTo(new Money(2_000_000_000_000_000_100L));
    }

    @Test
    void aBucketHoldsOneAdOfASlowBudget() {
        Pace pace = Pace.FRESH;
        Instant noon = MIDNIGHT.plus(Duration.ofHours(12));

        assertThat(pace.room(DAY, BudgetDay.NONE, noon, 200)).isEqualTo(UNIT);
        pace = pace.granted(UNIT, DAY, BudgetDay.NONE, noon, 200);
        assertThat(pace.room(DAY, BudgetDay.NONE, noon.plusSeconds(29), 200).nanos())
                .as("twice the even rate is an ad in half a minute")
                .isLessThan(100);
        assertThat(pace.room(DAY, BudgetDay.NONE, noon.plusSeconds(30), 200)).isEqualTo(UNIT);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noStretchOfTimeGrantsMoreThanTheFactorAndASecond(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        long unit = random.nextLong(1, 1_000);
        int percent = random.nextInt(100, 500);
        Schedule schedule = new Schedule(
                new Money(unit * random.nextLong(1, 10_000_000)),
                new Money(unit),
                MIDNIGHT,
                MIDNIGHT.plusMillis(random.nextLong(60_000, 200_000_000)));
        Pace pace = Pace.FRESH;
        Instant now = MIDNIGHT.plusSeconds(1_000);
        double perMilli = schedule.amount().nanos()
                * (percent / 100.0)
                / Duration.between(schedule.from(), schedule.to()).toMillis();
        long[] grantedAt = new long[400];
        long[] amounts = new long[400];

        // When: whatever there is room for is granted, at odd moments
        for (int i = 0; i < grantedAt.length; i++) {
            now = now.plusMillis(random.nextLong(0, 700));
            Money room = pace.room(schedule, BudgetDay.NONE, now, percent);
            if (room.atLeast(schedule.unit())) {
                pace = pace.granted(room, schedule, BudgetDay.NONE, now, percent);
                amounts[i] = room.nanos();
            }
            grantedAt[i] = now.toEpochMilli();
        }

        // Then
        for (int from = 0; from < grantedAt.length; from += 7) {
            long sum = 0;
            for (int to = from; to < grantedAt.length; to++) {
                sum += amounts[to];
                double stretch = grantedAt[to] - grantedAt[from] + 1_000.0;
                assertThat((double) sum).isLessThanOrEqualTo(unit + perMilli * stretch * 1.000001 + 1);
            }
        }
    }

    @Test
    void anEarlierDaysBucketIsClosedOnceALaterOneHasBegun() {
        BudgetDay today = new BudgetDay(20_000);
        BudgetDay tomorrow = new BudgetDay(20_001);
        Pace pace = Pace.FRESH.granted(UNIT, DAY, tomorrow, MIDNIGHT, 200);

        assertThat(pace.room(DAY, today, MIDNIGHT.plusSeconds(60), 200)).isEqualTo(Money.ZERO);
        assertThat(pace.room(DAY, tomorrow, MIDNIGHT.plusSeconds(60), 200)).isEqualTo(UNIT);
    }

    @Test
    void aDayIsAsLongAsItsZoneSays() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        BudgetDay shortDay = BudgetDay.at(Instant.parse("2026-03-29T12:00:00Z"), berlin);

        assertThat(Duration.between(shortDay.begins(berlin), shortDay.ends(berlin)))
                .isEqualTo(Duration.ofHours(23));
        assertThat(BudgetDay.at(shortDay.ends(berlin), berlin)).isEqualTo(new BudgetDay(shortDay.number() + 1));
        assertThat(BudgetDay.at(shortDay.ends(berlin).minusMillis(1), berlin)).isEqualTo(shortDay);
    }
}

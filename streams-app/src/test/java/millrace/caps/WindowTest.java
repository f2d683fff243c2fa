package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    @ParameterizedTest(name = "{0} in {1} at {2}")
    @CsvSource({
        // unit, zone, moment, from, hours
        "DAY, UTC, 2026-03-10T12:34:56.789Z, 2026-03-10T00:00:00Z, 24",
        "HOUR, UTC, 2026-03-10T12:34:56.789Z, 2026-03-10T12:00:00Z, 1",
        "WEEK, UTC, 2026-03-15T23:59:59.999Z, 2026-03-09T00:00:00Z, 168",
        "MONTH, UTC, 2026-02-28T12:00:00Z, 2026-02-01T00:00:00Z, 672",
        // the clock goes forward on 8 March 2026 and back on 1 November
        "DAY, America/New_York, 2026-03-08T12:00:00Z, 2026-03-08T05:00:00Z, 23",
        "DAY, America/New_York, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 25",
        "HOUR, America/New_York, 2026-11-01T05:30:00Z, 2026-11-01T05:00:00Z, 2",
        "HOUR, America/New_York, 2026-11-01T06:30:00Z, 2026-11-01T05:00:00Z, 2",
        "HOUR, America/New_York, 2026-11-01T07:30:00Z, 2026-11-01T07:00:00Z, 1",
        "MONTH, Europe/Berlin, 2026-10-31T22:59:59.999Z, 2026-09-30T22:00:00Z, 745",
        // a zone of a quarter of an hour, and a day that began at one o'clock
        "DAY, Asia/Kathmandu, 2026-03-10T12:00:00Z, 2026-03-09T18:15:00Z, 24",
        "DAY, America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 23",
        // Samoa had no 30 December 2011
        "DAY, Pacific/Apia, 2011-12-30T09:59:59Z, 2011-12-29T10:00:00Z, 24",
        "DAY, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 24",
        // Newfoundland went from 00:01 back to 23:01: the new day had begun and goes on
        "DAY, America/St_Johns, 2009-11-01T02:45:00Z, 2009-11-01T02:30:00Z, 25",
    })
    void calendarWindowIsWhatTheClockShows(Unit unit, String zone, Instant at, Instant from, int hours) {
        Window window = Window.reach(new CapSpan.Calendar(unit, ZoneId.of(zone)), at.toEpochMilli());

        assertThat(Instant.ofEpochMilli(window.from())).isEqualTo(from);
        assertThat(Duration.ofMillis(window.to() - window.from())).isEqualTo(Duration.ofHours(hours));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void calendarWindowsOfAZoneAreOneAfterAnother(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String[] zones = ZoneId.getAvailableZoneIds().stream().sorted().toArray(String[]::new);
        for (int i = 0; i < 2000; i++) {
            ZoneId zone = ZoneId.of(zones[random.nextInt(zones.length)]);
            Unit unit = List.of(Unit.values()).get(random.nextInt(4));
            long at = random.nextLong(2_000_000_000_000L);
            CapSpan.Calendar span = new CapSpan.Calendar(unit, zone);
            Window window = Window.reach(span, at);

            assertThat(window.has(at))
                    .as("%s %s %d in %s", unit, zone, at, window)
                    .isTrue();
            assertThat(Window.reach(span, window.from()))
                    .as("%s %s", unit, zone)
                    .isEqualTo(window);
            assertThat(Window.reach(span, window.to() - 1))
                    .as("%s %s", unit, zone)
                    .isEqualTo(window);
            assertThat(Window.reach(span, window.to()).from())
                    .as("%s %s", unit, zone)
                    .isEqualTo(window.to());
            assertThat(name(unit, zone, window.to()))
                    .as("%s %s", unit, zone)
                    .isNotEqualTo(name(unit, zone, window.from()));
        }
    }

    @Test
    void rollingWindowReachesAsFarAsMomentsShareAWindow() {
        Window reach = Window.reach(new CapSpan.Rolling(Duration.ofMillis(10)), 100);

        assertThat(reach).isEqualTo(new Window(91, 110));
    }

    /** What a clock on the wall would call the window. */
    private static String name(Unit unit, ZoneId zone, long at) {
        LocalDateTime clock = LocalDateTime.ofInstant(Instant.ofEpochMilli(at), zone);
        return switch (unit) {
            case HOUR -> clock.truncatedTo(ChronoUnit.HOURS).toString();
            case DAY -> clock.toLocalDate().toString();
            case WEEK -> clock.get(IsoFields.WEEK_BASED_YEAR) + " week " + clock.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> clock.getYear() + " " + clock.getMonth();
        };
    }
}

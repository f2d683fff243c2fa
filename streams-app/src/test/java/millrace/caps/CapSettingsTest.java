package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import org.junit.jupiter.api.Test;

class CapSettingsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void valuesOutOfRangeAreNamedWithTheirRange() {
        assertThatThrownBy(() -> new CapSettings(Duration.ofDays(367), HOUR, HOUR))
                .hasMessage("caps.max.window is PT8808H; allowed is PT1M to PT8784H");
        assertThatThrownBy(() -> new CapSettings(Duration.ofDays(31), Duration.ofSeconds(59), HOUR))
                .hasMessageContaining("caps.slot is PT59S");
        assertThatThrownBy(() -> new CapSettings(Duration.ofDays(31), HOUR, Duration.ofMillis(-1)))
                .hasMessageContaining("caps.lateness is");
    }

    @Test
    void retentionIsTheLongestWindowWithRoomForASlotLatenessAndAClockChange() {
        assertThat(CapSettings.DEFAULT.retention())
                .isEqualTo(Duration.ofDays(33).plusHours(1));
    }

    @Test
    void spansAreKeptUpToTheLongestWindow() {
        CapSettings week = new CapSettings(Duration.ofDays(7), HOUR, HOUR);
        ZoneId zone = ZoneId.of("Europe/Berlin");

        assertThat(week.keeps(new CapSpan.Rolling(Duration.ofDays(7)))).isTrue();
        assertThat(week.keeps(new CapSpan.Rolling(Duration.ofDays(7).plusMillis(1))))
                .isFalse();
        assertThat(week.keeps(new CapSpan.Calendar(Unit.HOUR, zone))).isTrue();
        assertThat(week.keeps(new CapSpan.Calendar(Unit.DAY, zone))).isTrue();
        assertThat(week.keeps(new CapSpan.Calendar(Unit.WEEK, zone))).isTrue();
        assertThat(week.keeps(new CapSpan.Calendar(Unit.MONTH, zone))).isFalse();
        assertThat(CapSettings.DEFAULT.keeps(new CapSpan.Calendar(Unit.MONTH, zone)))
                .isTrue();
    }
}

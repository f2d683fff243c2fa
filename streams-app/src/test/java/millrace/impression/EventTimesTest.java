package millrace.impression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import millrace.delivery.DeliverySettings;
import millrace.delivery.Samples;
import millrace.delivery.Token;
import millrace.delivery.Tokens;
import millrace.impression.EventTimes.Untimely;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {
    private static final Instant APPENDED = Samples.NOW;
    private static final DeliverySettings SETTINGS = new DeliverySettings(
            Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(2), Duration.ofMinutes(5));

    private final Tokens tokens = new Tokens(Samples.keys(1));
    private final EventTimes times = new EventTimes(tokens, SETTINGS);

    @Test
    void timesUpToTheBoundsAreTaken() {
        assertThat(fault(APPENDED.toEpochMilli() + 300_000)).isEmpty();
        assertThat(fault(APPENDED.toEpochMilli() - 7_200_000)).isEmpty();
        assertThat(times.fault(event(APPENDED, AdEventKind.IMPRESSION).build(), APPENDED))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {300_001, Long.MAX_VALUE})
    void timeTooFarAheadOfTheBrokersIsTooEarly(long ahead) {
        long time = ahead == Long.MAX_VALUE ? ahead : APPENDED.toEpochMilli() + ahead;

        assertThat(fault(time)).containsInstanceOf(Untimely.TooEarly.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {7_200_001, Long.MIN_VALUE})
    void timeTooFarBehindIsTooLate(long behind) {
        long time = behind == Long.MIN_VALUE ? behind : APPENDED.toEpochMilli() - behind;

        assertThat(fault(time)).containsInstanceOf(Untimely.TooLate.class);
    }

    @Test
    void impressionOfALongForgottenReservationIsTooLate() {
        Instant end = APPENDED.minus(Duration.ofHours(1));

        assertThat(times.fault(event(end, AdEventKind.IMPRESSION).build(), APPENDED))
                .isEmpty();
        assertThat(times.fault(event(end.minusMillis(1), AdEventKind.IMPRESSION).build(), APPENDED))
                .containsInstanceOf(Untimely.TooLate.class);
    }

    @Test
    void forgedTokenIsLeftToBeCountedAsForged() {
        String genuine = tokens.sign(new Token(3, 1, APPENDED.minus(Duration.ofDays(9))));
        String forged = genuine.substring(0, 47) + (genuine.endsWith("A") ? "B" : "A");
        AdEvent event = AdEvent.newBuilder()
                .setToken(forged)
                .setKind(AdEventKind.IMPRESSION)
                .build();

        assertThat(times.fault(event, APPENDED)).isEmpty();
    }

    @Test
    void endsOfReservationsAreNeverUntimely() {
        AdEvent end =
                event(APPENDED.minus(Duration.ofDays(9)), AdEventKind.EXPIRE).build();

        assertThat(times.fault(end, APPENDED)).isEmpty();
    }

    private Optional<Untimely> fault(long eventTime) {
        AdEvent event =
                event(APPENDED, AdEventKind.IMPRESSION).setEventTime(eventTime).build();
        return times.fault(event, APPENDED);
    }

    private AdEvent.Builder event(Instant end, AdEventKind kind) {
        return AdEvent.newBuilder().setToken(tokens.sign(new Token(3, 1, end))).setKind(kind);
    }
}

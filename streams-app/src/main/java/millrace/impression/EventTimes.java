package millrace.impression;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import millrace.delivery.DeliverySettings;
import millrace.delivery.TokenVerdict;
import millrace.delivery.Tokens;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;

/**
 * Which impressions come at an impossible time: their own is too far from the broker's, or their reservation is forgotten long since.
 * Remembers nothing. One instance a thread, as its tokens.
 */
public final class EventTimes {
    private final Tokens tokens;
    private final DeliverySettings settings;

    public EventTimes(Tokens tokens, DeliverySettings settings) {
        this.tokens = tokens;
        this.settings = settings;
    }

    /** An event that is refused. */
    public sealed interface Untimely {
        String message();

        record TooLate(String message) implements Untimely {}

        record TooEarly(String message) implements Untimely {}
    }

    /** @param appended the record's timestamp, set by the broker */
    public Optional<Untimely> fault(AdEvent event, Instant appended) {
        if (event.getKind() != AdEventKind.IMPRESSION) {
            return Optional.empty();
        }
        return Optional.ofNullable(event.getEventTime())
                .flatMap(time -> ownTime(time, appended.toEpochMilli()))
                .or(() -> forgotten(event.getToken(), appended));
    }

    private Optional<Untimely> ownTime(long time, long appended) {
        // The difference of two longs may be none: a client may say anything.
        if (time > appended
                && (time - appended < 0 || time - appended > settings.ahead().toMillis())) {
            return Optional.of(new Untimely.TooEarly("eventTime is " + time + ", the broker's " + appended
                    + "; at most " + text(settings.ahead()) + " ahead is allowed, delivery.event.ahead"));
        }
        if (time < appended
                && (appended - time < 0 || appended - time > settings.behind().toMillis())) {
            return Optional.of(new Untimely.TooLate("eventTime is " + time + ", the broker's " + appended + "; at most "
                    + text(settings.behind()) + " behind is allowed, delivery.event.behind"));
        }
        return Optional.empty();
    }

    /** Only of a genuine token: others are counted as forged where they are judged. */
    private Optional<Untimely> forgotten(String token, Instant appended) {
        return Tokens.expiryOf(token)
                .filter(expiry ->
                        appended.toEpochMilli() - settings.lateWindow().toMillis() > expiry.toEpochMilli())
                .filter(expiry -> tokens.verify(token) instanceof TokenVerdict.Genuine)
                .map(expiry -> new Untimely.TooLate("its reservation ended at " + expiry.toEpochMilli()
                        + ", the broker's time is " + appended.toEpochMilli() + "; at most "
                        + text(settings.lateWindow())
                        + " after the end is recorded, delivery.late.window"));
    }

    private static String text(Duration bound) {
        return bound.toSeconds() + " s";
    }
}

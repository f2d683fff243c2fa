package millrace.delivery;

import java.time.Duration;

/**
 * How long what is served is remembered.
 *
 * @param reservationTtl how long an ad may wait for its impression when its placement says nothing
 * @param lateWindow how long after that an impression is still recorded, as late
 * @param behind how far the time that a client gives an event may be behind the broker's
 * @param ahead how far it may be ahead
 */
public record DeliverySettings(Duration reservationTtl, Duration lateWindow, Duration behind, Duration ahead) {
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofDays(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
    private static final Duration FARTHEST = Duration.ofDays(366);

    public static final DeliverySettings DEFAULTS =
            new DeliverySettings(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(1));

    public DeliverySettings(Duration reservationTtl, Duration lateWindow) {
        this(reservationTtl, lateWindow, DEFAULTS.behind(), DEFAULTS.ahead());
    }

    public DeliverySettings {
        check("delivery.reservation.ttl", reservationTtl, SHORTEST_TTL, LONGEST_TTL);
        check("delivery.late.window", lateWindow, Duration.ZERO, LONGEST_WINDOW);
        check("delivery.event.behind", behind, Duration.ZERO, FARTHEST);
        check("delivery.event.ahead", ahead, Duration.ZERO, FARTHEST);
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is " + least + " to " + most);
        }
    }
}

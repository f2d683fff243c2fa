package millrace.session;

import java.time.Duration;

/**
 * When a session is over.
 *
 * @param timeout idle time after which it has ended, 1 minute to 7 days
 * @param sweepRows most rows that one {@link Sessions#tick} looks at, 1 to 100,000
 * @param unnamed what stands for a user without a user id
 */
public record SessionSettings(Duration timeout, int sweepRows, Unnamed unnamed) {
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofMinutes(30), 500);

    public SessionSettings(Duration timeout, int sweepRows) {
        this(timeout, sweepRows, Unnamed.SESSION);
    }

    public SessionSettings {
        if (timeout.compareTo(Duration.ofMinutes(1)) < 0 || timeout.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("sessions.timeout is " + timeout + "; allowed is PT1M to PT168H");
        }
        if (sweepRows < 1 || sweepRows > 100_000) {
            throw new IllegalArgumentException("sessions.sweep.rows is " + sweepRows + "; allowed is 1 to 100000");
        }
    }
}

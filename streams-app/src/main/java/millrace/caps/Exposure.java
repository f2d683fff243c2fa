package millrace.caps;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One ad that was promised or shown to a user.
 *
 * @param at when it was decided, from 1970 on; cut to the millisecond
 * @param session fingerprint of the session that it was decided in
 * @param reservation id of its reservation; two exposures with the same are the same
 * @param lifetime the scopes that it was counted under for ever, a bit each ({@link Scopes}), to be given back with it
 */
public record Exposure(Instant at, CapSubject subject, long session, long reservation, State state, int lifetime) {

    /** How far it has come. Both count the same; only a reserved one can be given back. */
    public enum State {
        RESERVED,
        SHOWN
    }

    public Exposure {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        if (at.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("exposure at " + at + "; it must not be before 1970");
        }
    }

    /** A promise of an ad of this subject. */
    public static Exposure reserved(Instant at, CapSubject subject, long session, long reservation) {
        return new Exposure(at, subject, session, reservation, State.RESERVED, 0);
    }

    Exposure shown() {
        return new Exposure(at, subject, session, reservation, State.SHOWN, lifetime);
    }

    Exposure countedUnder(int scopes) {
        return new Exposure(at, subject, session, reservation, state, scopes);
    }

    boolean isReserved() {
        return state == State.RESERVED;
    }

    long millis() {
        return at.toEpochMilli();
    }
}

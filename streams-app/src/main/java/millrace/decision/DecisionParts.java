package millrace.decision;

import java.time.Instant;

/** What one life of the decision node works with. */
record DecisionParts(Rooms rooms, Serving serving, Confirmations confirmations, Reopening reopening) {

    /** What is done some twenty times a second: reports and returns of leases, ends of reservations. */
    void tick(Instant now) {
        rooms.budgets().tick(now);
        confirmations.endReservations(now);
    }

    /** What is done about once a second: forgetting. Each step is bounded, so that the thread is soon back. */
    void sweep(Instant now) {
        rooms.sessions().tick(now);
        rooms.recent().tick(now);
        rooms.reservations().forget(now, FORGOTTEN_AT_ONCE);
    }

    private static final int FORGOTTEN_AT_ONCE = 5_000;
}

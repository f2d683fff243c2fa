package millrace.decision;

import java.time.Instant;

/** What one life of the decision node works with. */
record DecisionParts(Rooms rooms, Serving serving, Confirmations confirmations, Reopening reopening) {
    /** What is done now and then: reports, returns, expiries, sweeping. Each bounded, so that the thread is soon back. */
    void tick() {
        Instant now = rooms.clock().instant();
        rooms.budgets().tick(now);
        rooms.sessions().tick(now);
        confirmations.endReservations(now);
    }
}

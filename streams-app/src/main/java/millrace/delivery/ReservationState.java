package millrace.delivery;

import java.util.Optional;

/**
 * Where a reservation stands.
 *
 * <pre>
 *               impression
 *   RESERVED ──────────────────► SPENT
 *      │  ▲                        ▲
 *      │  │ premature              │ impression (its record came before the expiry's)
 *      ▼  │                        │
 *   EXPIRING ──────────────────────┘
 *      │ expiry (a RESERVED one may expire by record too)
 *      ▼
 *   EXPIRED ──── impression ────► LATE
 * </pre>
 *
 * The clock only moves a reservation to EXPIRING and appends the expiry to ad-events; what is settled is settled by the
 * order of the records there.
 */
public enum ReservationState {
    RESERVED,
    EXPIRING,
    SPENT,
    EXPIRED,
    LATE;

    /** After an impression; empty when nothing changes. */
    Optional<ReservationState> shown() {
        return switch (this) {
            case RESERVED, EXPIRING -> Optional.of(SPENT);
            case EXPIRED -> Optional.of(LATE);
            case SPENT, LATE -> Optional.empty();
        };
    }

    /** After the expiry's record; empty when nothing changes. */
    Optional<ReservationState> expired() {
        return switch (this) {
            case RESERVED, EXPIRING -> Optional.of(EXPIRED);
            case SPENT, EXPIRED, LATE -> Optional.empty();
        };
    }

    /** Neither money nor exposure hangs on it any more. */
    boolean isSettled() {
        return switch (this) {
            case RESERVED, EXPIRING -> false;
            case SPENT, EXPIRED, LATE -> true;
        };
    }
}

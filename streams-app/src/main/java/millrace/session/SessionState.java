package millrace.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import millrace.money.Money;

/**
 * Where a user's session is, at one moment.
 *
 * <pre>
 *           ┌── requested, shown, ... ──┐
 *           ▼                           │
 * begun ► Active ───────────────────────┘
 *           │ idle for sessions.timeout, or the producer names another session
 *           ▼
 *         Ended ── next request ──► begun, with nothing of the old one but what its user keeps
 * </pre>
 *
 * <p>There is no greatest age: a session that is used stays, for a month if need be.
 */
sealed interface SessionState {

    /** In use: it can change. */
    record Active(Session session) implements SessionState {
        static Active begun(String id, Instant at) {
            return new Active(Session.begun(id, at));
        }

        Active requested(Instant at) {
            return new Active(session.requested(at));
        }

        Active shown(String campaign, Money cost, String currency, Instant at) {
            return new Active(session.shown(campaign, cost, currency, at));
        }

        Active inPod(int position, int size) {
            return new Active(session.inPod(position, size));
        }

        Active withCookies(Map<String, String> set) {
            return new Active(session.withCookies(set));
        }

        Active keeping(Kept upstreams) {
            return new Active(session.keeping(upstreams));
        }
    }

    /** Over; nothing of it is carried on but what its user keeps. */
    record Ended() implements SessionState {}

    /**
     * @param named the session that the producer names, when it names one
     */
    static SessionState at(Instant now, Session stored, Optional<String> named, Duration timeout) {
        boolean idle = !now.isBefore(stored.lastUsedAt().plus(timeout));
        boolean other = named.isPresent() && !named.get().equals(stored.id());
        return idle || other ? new Ended() : new Active(stored);
    }
}

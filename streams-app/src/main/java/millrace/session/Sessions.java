package millrace.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import millrace.money.Money;
import millrace.schemas.AdRequest;
import millrace.session.SessionState.Active;
import millrace.session.SessionState.Ended;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The sessions of the users of one partition. The entrance of the session room; lives on one stream thread.
 *
 * <p>Store {@value #STORE}: key = user key, value = their last session. Only the decision node writes it. After a restore it
 * is what the last commit left. Whether a session has ended is decided by its requests' own times, so that replay decides
 * the same; {@link #tick} only clears away rows of which that is certain.
 *
 * <p>What can go wrong: a row that cannot be read counts as none, is counted, and is overwritten by the next request.
 */
public final class Sessions {
    public static final String STORE = "sessions";

    private final KeyValueStore<String, byte[]> store;
    private final SessionSettings settings;

    /** Newest request since the start: how far the partition has come. */
    private Instant newest = Instant.MIN;

    private Optional<String> sweepFrom = Optional.empty();
    private long unreadableRows;

    public Sessions(KeyValueStore<String, byte[]> store, SessionSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** The store to add to the topology. Cached: a decision writes a session several times between two commits. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /**
     * Counts a request in the user's session, or in a new one when the last has ended. A new one has the id that the
     * producer names, else one derived from user, request and time. Not safe to repeat by itself: call it once a request,
     * in the transaction that commits its offset.
     */
    public Session begin(AdRequest request, UserKey user, Instant now) {
        Optional<String> named = UserKey.sessionId(request);
        if (user.isNobody()) {
            // Nothing of nobody is remembered: each request is a session of its own.
            return Active.begun(derivedId(request, user, now), now)
                    .requested(now)
                    .session();
        }
        newest = newest.isAfter(now) ? newest : now;
        Optional<Session> before = stored(user);
        SessionState state = before.map(session -> SessionState.at(now, session, named, settings.timeout()))
                .orElseGet(Ended::new);
        Active active = switch (state) {
            case Active current -> current;
            case Ended ended ->
                Active.begun(named.orElseGet(() -> derivedId(request, user, now)), now)
                        .keeping(before.map(session -> session.kept().ofUser()).orElse(Kept.NONE));
        };
        return put(user, active.requested(now));
    }

    /**
     * Counts an impression, in the session that is active when it comes. Nothing when there is none. Not safe to repeat by
     * itself: the impression room calls it once a token.
     */
    public void shown(UserKey user, String campaign, Money cost, String currency, Instant at) {
        change(user, at, active -> active.shown(campaign, cost, currency, at));
    }

    /** Notes how far the pod of the last request is filled. Safe to repeat. */
    public void inPod(UserKey user, int position, int size, Instant at) {
        change(user, at, active -> active.inPod(position, size));
    }

    /** Keeps cookies that upstreams set; an empty value removes one. Safe to repeat. */
    public void cookies(UserKey user, Map<String, String> set, Instant at) {
        if (!set.isEmpty()) {
            change(user, at, active -> active.withCookies(set));
        }
    }

    /** The session stays with an upstream from now on. Safe to repeat. */
    public void keep(UserKey user, String upstream, Instant at) {
        change(user, at, active -> active.keeping(active.session().kept().inSession(upstream)));
    }

    /** The user stays with an upstream, also in sessions to come; until the row is cleared away. Safe to repeat. */
    public void keepForUser(UserKey user, String upstream, Instant at) {
        change(user, at, active -> active.keeping(active.session().kept().byUser(upstream)));
    }

    /** The user's last session, which may have ended. */
    public Optional<Session> find(UserKey user) {
        return stored(user);
    }

    /**
     * The session that a request at {@code now} would go on with, seen from outside of the stream thread through a view of the store.
     * Empty when there is none, it has ended, or it cannot be read.
     */
    public static Optional<Session> activeOf(
            ReadOnlyKeyValueStore<String, byte[]> store, UserKey user, Instant now, Duration timeout) {
        byte[] row = store.get(user.value());
        try {
            return row == null
                    ? Optional.empty()
                    : Optional.of(SessionCodec.decode(row))
                            .filter(session -> now.isBefore(session.lastUsedAt().plus(timeout)));
        } catch (UnreadableSession unreadable) {
            return Optional.empty();
        }
    }

    /** What this request carries to its end. The same for the same arguments, always. */
    public static SessionContext contextFor(
            AdRequest request, UserKey user, Session session, Origin origin, Instant timestamp) {
        return ContextDerivation.derive(request, user, session, origin, timestamp);
    }

    /**
     * Looks at the next {@link SessionSettings#sweepRows} rows and deletes those that have been idle for twice the timeout,
     * by the time of the newest request: by the clock alone, a backlog would lose sessions that it is about to continue.
     * Safe to repeat.
     *
     * @return rows deleted
     */
    public int tick(Instant now) {
        Instant reached = newest.isBefore(now) ? newest : now;
        if (reached.equals(Instant.MIN)) {
            return 0;
        }
        Duration kept = settings.timeout().multipliedBy(2);
        List<String> idle = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> rows = rows()) {
            for (int looked = 0; looked < settings.sweepRows() && rows.hasNext(); looked++) {
                KeyValue<String, byte[]> row = rows.next();
                if (SessionCodec.lastUsed(row.value)
                        .filter(used -> used.plus(kept).isAfter(reached))
                        .isEmpty()) {
                    idle.add(row.key);
                }
            }
            sweepFrom = rows.hasNext() ? Optional.of(rows.peekNextKey()) : Optional.empty();
        }
        idle.forEach(store::delete);
        return idle.size();
    }

    /** Rows met so far that could not be read. */
    public long unreadableRows() {
        return unreadableRows;
    }

    private KeyValueIterator<String, byte[]> rows() {
        return sweepFrom.map(from -> store.range(from, null)).orElseGet(store::all);
    }

    private void change(UserKey user, Instant at, UnaryOperator<Active> change) {
        if (user.isNobody()) {
            return;
        }
        stored(user)
                .map(session -> SessionState.at(at, session, Optional.empty(), settings.timeout()))
                .ifPresent(state -> {
                    switch (state) {
                        case Active active -> put(user, change.apply(active));
                        case Ended ended -> {}
                    }
                });
    }

    private Session put(UserKey user, Active active) {
        store.put(user.value(), SessionCodec.encode(active.session()));
        return active.session();
    }

    private Optional<Session> stored(UserKey user) {
        byte[] row = user.isNobody() ? null : store.get(user.value());
        if (row == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SessionCodec.decode(row));
        } catch (UnreadableSession unreadable) {
            unreadableRows++;
            return Optional.empty();
        }
    }

    private static String derivedId(AdRequest request, UserKey user, Instant now) {
        return Fingerprint.EMPTY
                .with(user.value())
                .with(request.getId())
                .with(now)
                .hex();
    }
}

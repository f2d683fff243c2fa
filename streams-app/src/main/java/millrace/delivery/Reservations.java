package millrace.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The ads that were served and wait for their impression, and for a while those that no longer do. One instance a
 * task, on its stream thread only.
 *
 * <p>Store {@value #STORE}: key expiry and id ({@link ReservationKey}), value {@link Reservation}, kept until the late
 * window after its expiry is over, written by this class alone. After a restore the search for expired ones begins at
 * the oldest row again and finds what is RESERVED; what is EXPIRING has its record on ad-events already.
 *
 * <p>Safe to repeat: each row is settled once, whatever is repeated. Ids are drawn at random each time, so that the token
 * of a decision that was rolled back can never bill the ad of the decision that replaced it.
 */
public final class Reservations {
    public static final String STORE = "reservations";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KeyValueStore<Bytes, Reservation> rows;
    private final int partition;
    private final Tokens tokens;
    private final Duration lateWindow;
    private final RandomGenerator random;
    private Bytes due = ReservationKey.FIRST;
    private Bytes oldest = ReservationKey.FIRST;
    private final Deque<Retry> retries = new ArrayDeque<>();

    /** A row whose expiry is to be appended once more. */
    private record Retry(Instant at, Bytes key) {}

    public Reservations(
            KeyValueStore<Bytes, Reservation> rows,
            int partition,
            Tokens tokens,
            DeliverySettings settings,
            RandomGenerator random) {
        this.rows = rows;
        this.partition = partition;
        this.tokens = tokens;
        this.lateWindow = settings.lateWindow();
        this.random = random;
    }

    public static StoreBuilder<KeyValueStore<Bytes, Reservation>> store() {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), ReservationSerde.serde());
    }

    /** An ad is served. */
    public Issued open(Reservation reservation) {
        Token token = new Token(partition, random.nextLong(), reservation.expiresAt());
        while (rows.get(ReservationKey.of(token)) != null) {
            token = new Token(partition, random.nextLong(), reservation.expiresAt());
        }
        Bytes key = ReservationKey.of(token);
        rows.put(key, reservation.in(ReservationState.RESERVED));
        // A clock that was set back must not hide a row behind the searches.
        due = earlier(due, key);
        oldest = earlier(oldest, key);
        return new Issued(token, tokens.sign(token));
    }

    public Optional<Reservation> find(Token token) {
        return Optional.ofNullable(rows.get(ReservationKey.of(token)));
    }

    /** An impression of a genuine token of this partition. */
    public Settlement settle(Token token) {
        Optional<Reservation> found = find(token);
        if (found.isEmpty()) {
            return new Settlement.Unknown();
        }
        Reservation before = found.get();
        Optional<ReservationState> next = before.state().shown();
        if (next.isEmpty()) {
            return new Settlement.Repeated();
        }
        Reservation after = before.in(next.get());
        rows.put(ReservationKey.of(token), after);
        if (after.state() == ReservationState.LATE) {
            return new Settlement.Late(after);
        }
        return after.isFree() ? new Settlement.Free(after) : new Settlement.Billed(after);
    }

    /**
     * An expiry's record.
     *
     * @param appended the record's timestamp; anybody with a token could write such a record, so that one before the end
     *     does nothing
     */
    public Expiry expire(Token token, Instant appended, Instant now) {
        Bytes key = ReservationKey.of(token);
        Optional<Reservation> found = find(token);
        if (appended.isBefore(token.expiresAt())) {
            found.ifPresent(row -> again(key, row, now));
            return new Expiry.Premature();
        }
        Optional<ReservationState> next = found.flatMap(row -> row.state().expired());
        if (found.isEmpty() || next.isEmpty()) {
            return new Expiry.Nothing();
        }
        Reservation after = found.get().in(next.get());
        rows.put(key, after);
        return new Expiry.Released(after);
    }

    /**
     * Tokens whose time is over and whose expiry is to be appended to ad-events now, oldest first; each is given once.
     *
     * @param max most rows that are looked at, and most tokens of an earlier try
     */
    public List<String> dueForExpiry(Instant now, int max) {
        List<String> expired = new ArrayList<>();
        while (expired.size() < max
                && !retries.isEmpty()
                && !now.isBefore(retries.peek().at())) {
            Bytes key = retries.remove().key();
            Optional.ofNullable(rows.get(key)).ifPresent(row -> expiring(key, row, expired));
        }
        List<KeyValue<Bytes, Reservation>> seen = rows(due, ReservationKey.lastAt(now), max);
        for (KeyValue<Bytes, Reservation> row : seen) {
            due = ReservationKey.after(row.key);
            expiring(row.key, row.value, expired);
        }
        return expired;
    }

    private void expiring(Bytes key, Reservation row, List<String> expired) {
        if (row.state() == ReservationState.RESERVED) {
            rows.put(key, row.in(ReservationState.EXPIRING));
            expired.add(tokens.sign(ReservationKey.token(key, partition)));
        }
    }

    /**
     * Deletes settled rows whose late window is over, oldest first, up to one that is not settled yet.
     *
     * @param max most rows that are deleted
     * @return how many were deleted
     */
    public int forget(Instant now, int max) {
        int forgotten = 0;
        for (KeyValue<Bytes, Reservation> row : rows(oldest, ReservationKey.lastAt(now.minus(lateWindow)), max)) {
            if (!row.value.state().isSettled()) {
                // Its expiry should have been read long ago; if that record was lost, another one settles it.
                again(row.key, row.value, now);
                break;
            }
            rows.delete(row.key);
            oldest = ReservationKey.after(row.key);
            forgotten++;
        }
        return forgotten;
    }

    /** Has an expiry appended once more, a second later. */
    private void again(Bytes key, Reservation row, Instant now) {
        if (row.state() == ReservationState.EXPIRING) {
            rows.put(key, row.in(ReservationState.RESERVED));
            retries.add(new Retry(now.plus(RETRY), key));
        }
    }

    private List<KeyValue<Bytes, Reservation>> rows(Bytes from, Bytes to, int max) {
        List<KeyValue<Bytes, Reservation>> found = new ArrayList<>();
        if (from.compareTo(to) > 0) {
            return found;
        }
        try (KeyValueIterator<Bytes, Reservation> rest = rows.range(from, to)) {
            while (found.size() < max && rest.hasNext()) {
                found.add(rest.next());
            }
        }
        return found;
    }

    private static Bytes earlier(Bytes a, Bytes b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

package millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real RocksDB store, whose order is what expiry relies on. */
class ReservationsTest {
    private static final Instant NOW = Samples.NOW;
    private static final Instant AFTER = NOW.plus(Samples.TTL);
    private static final int MANY = 1_000;

    @TempDir
    Path directory;

    private final Tokens tokens = new Tokens(Samples.keys(1));
    private final SplittableRandom random = new SplittableRandom(42);
    private KeyValueStore<Bytes, Reservation> store;
    private Reservations reservations;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(properties, new TaskId(0, 3), directory.toFile());
        store = Reservations.store().withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        reservations = start();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Reservations start() {
        return new Reservations(store, 3, tokens, DeliverySettings.DEFAULTS, random);
    }

    private Issued serve() {
        return reservations.open(Samples.reservation(NOW, Samples.TTL));
    }

    @Test
    void aServedAdIsFoundByItsToken() {
        // When
        Issued issued = serve();

        // Then
        assertThat(tokens.verify(issued.text())).isEqualTo(new TokenVerdict.Genuine(issued.token()));
        assertThat(issued.token().partition()).isEqualTo(3);
        assertThat(reservations.find(issued.token())).contains(Samples.reservation(NOW, Samples.TTL));
    }

    @Test
    void theSameIdIsNeverGivenTwice() {
        // Given
        long[] draws = {5, 5, 5, 6};
        int[] next = {0};
        Reservations fixed = new Reservations(store, 3, tokens, DeliverySettings.DEFAULTS, () -> draws[next[0]++]);

        // When
        Token first = fixed.open(Samples.reservation(NOW, Samples.TTL)).token();
        Token second = fixed.open(Samples.reservation(NOW, Samples.TTL)).token();

        // Then
        assertThat(first.reservation()).isEqualTo(5);
        assertThat(second.reservation()).isEqualTo(6);
    }

    @Test
    void anImpressionIsBilledOnce() {
        // Given
        Token token = serve().token();

        // When
        Settlement first = reservations.settle(token);
        Settlement second = reservations.settle(token);

        // Then
        assertThat(first)
                .isEqualTo(new Settlement.Billed(
                        Samples.reservation(NOW, Samples.TTL).in(ReservationState.SPENT)));
        assertThat(second).isEqualTo(new Settlement.Repeated());
    }

    @Test
    void aHouseAdIsFree() {
        Token token = reservations
                .open(Samples.reservation(NOW, Samples.TTL).asHouse())
                .token();

        assertThat(reservations.settle(token)).isInstanceOf(Settlement.Free.class);
        assertThat(reservations.settle(token)).isInstanceOf(Settlement.Repeated.class);
    }

    @Test
    void aTokenWithoutReservationIsUnknown() {
        Token token = new Token(3, 99, AFTER);

        assertThat(reservations.settle(token)).isInstanceOf(Settlement.Unknown.class);
        assertThat(reservations.expire(token, AFTER, AFTER)).isInstanceOf(Expiry.Nothing.class);
    }

    @Test
    void anExpiryIsGivenOnceAndReleasesOnce() {
        // Given
        Issued issued = serve();
        assertThat(reservations.dueForExpiry(AFTER.minusMillis(1), MANY)).isEmpty();

        // When
        List<String> due = reservations.dueForExpiry(AFTER, MANY);

        // Then
        assertThat(due).containsExactly(issued.text());
        assertThat(reservations.dueForExpiry(AFTER.plusSeconds(60), MANY)).isEmpty();
        assertThat(reservations.expire(issued.token(), AFTER, AFTER)).isInstanceOf(Expiry.Released.class);
        assertThat(reservations.expire(issued.token(), AFTER, AFTER)).isInstanceOf(Expiry.Nothing.class);
    }

    @Test
    void anImpressionWhoseRecordCameBeforeTheExpirysIsBilled() {
        // Given: the clock has passed, the expiry is appended but not read
        Issued issued = serve();
        reservations.dueForExpiry(AFTER, MANY);

        // When
        Settlement settlement = reservations.settle(issued.token());

        // Then
        assertThat(settlement).isInstanceOf(Settlement.Billed.class);
        assertThat(reservations.expire(issued.token(), AFTER, AFTER)).isInstanceOf(Expiry.Nothing.class);
    }

    @Test
    void anImpressionAfterTheExpiryIsLateOnce() {
        // Given
        Issued issued = serve();
        reservations.dueForExpiry(AFTER, MANY);
        reservations.expire(issued.token(), AFTER, AFTER);

        // Then
        assertThat(reservations.settle(issued.token())).isInstanceOf(Settlement.Late.class);
        assertThat(reservations.settle(issued.token())).isInstanceOf(Settlement.Repeated.class);
        assertThat(reservations.expire(issued.token(), AFTER, AFTER)).isInstanceOf(Expiry.Nothing.class);
    }

    @Test
    void anExpiryWrittenByAStrangerBeforeTheEndDoesNothing() {
        // Given
        Issued issued = serve();

        // When
        Expiry expiry = reservations.expire(issued.token(), AFTER.minusMillis(1), AFTER);

        // Then
        assertThat(expiry).isInstanceOf(Expiry.Premature.class);
        assertThat(reservations.settle(issued.token())).isInstanceOf(Settlement.Billed.class);
    }

    @Test
    void anExpiryThatTheBrokersSlowerClockDatedTooEarlyIsAppendedAgain() {
        // Given
        Issued issued = serve();
        reservations.dueForExpiry(AFTER, MANY);

        // When
        reservations.expire(issued.token(), AFTER.minusMillis(200), AFTER);

        // Then
        assertThat(reservations.dueForExpiry(AFTER.plusMillis(999), MANY)).isEmpty();
        assertThat(reservations.dueForExpiry(AFTER.plusMillis(1_000), MANY)).containsExactly(issued.text());
        assertThat(reservations.dueForExpiry(AFTER.plusSeconds(9), MANY)).isEmpty();
    }

    @Test
    void expiriesComeInTheOrderOfTimeAndNotMoreThanAsked() {
        // Given: random times to live, random ids
        List<Instant> expiries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Duration ttl = Duration.ofMillis(random.nextLong(1_000, 600_000));
            expiries.add(
                    reservations.open(Samples.reservation(NOW, ttl)).token().expiresAt());
        }

        // When
        List<Instant> due = new ArrayList<>();
        List<String> batch;
        do {
            batch = reservations.dueForExpiry(AFTER, 7);
            assertThat(batch).hasSizeLessThanOrEqualTo(7);
            batch.forEach(text -> due.add(expiryOf(text)));
        } while (!batch.isEmpty());

        // Then
        assertThat(due).isSorted().containsExactlyInAnyOrderElementsOf(expiries);
    }

    @Test
    void aRestartFindsWhatIsStillToExpireAndOnlyThat() {
        // Given
        Issued appended = serve();
        reservations.dueForExpiry(AFTER, MANY);
        Issued spent = serve();
        reservations.settle(spent.token());
        Issued open = serve();

        // When
        Reservations restarted = start();

        // Then
        assertThat(restarted.dueForExpiry(AFTER, MANY))
                .containsExactly(open.text())
                .doesNotContain(appended.text());
    }

    @Test
    void aClockSetBackHidesNoReservation() {
        // Given
        reservations.open(Samples.reservation(NOW, Duration.ofMinutes(60)));
        reservations.dueForExpiry(NOW.plus(Duration.ofMinutes(61)), MANY);

        // When
        Issued earlier = serve();

        // Then
        assertThat(reservations.dueForExpiry(AFTER, MANY)).containsExactly(earlier.text());
    }

    @Test
    void settledRowsAreForgottenAfterTheLateWindowInBoundedSteps() {
        // Given
        for (int i = 0; i < 10; i++) {
            reservations.settle(serve().token());
        }
        Instant over = AFTER.plus(DeliverySettings.DEFAULTS.lateWindow());

        // Then
        assertThat(reservations.forget(over.minusMillis(1), MANY)).isZero();
        assertThat(reservations.forget(over, 7)).isEqualTo(7);
        assertThat(reservations.forget(over, 7)).isEqualTo(3);
        assertThat(reservations.forget(over, 7)).isZero();
        assertThat(rows()).isZero();
    }

    @Test
    void anUnsettledRowIsNeverForgottenAndItsExpiryIsAppendedAgain() {
        // Given: an expiry that was appended and never read
        Issued lost = serve();
        reservations.dueForExpiry(AFTER, MANY);
        Instant over = AFTER.plus(DeliverySettings.DEFAULTS.lateWindow());

        // When
        int forgotten = reservations.forget(over, MANY);

        // Then
        assertThat(forgotten).isZero();
        assertThat(reservations.dueForExpiry(over.plusSeconds(1), MANY)).containsExactly(lost.text());
        reservations.expire(lost.token(), over.plusSeconds(1), over.plusSeconds(1));
        assertThat(reservations.forget(over.plusSeconds(2), MANY)).isEqualTo(1);
    }

    private Instant expiryOf(String text) {
        return switch (tokens.verify(text)) {
            case TokenVerdict.Genuine genuine -> genuine.token().expiresAt();
            case TokenVerdict.Forged forged -> throw new AssertionError(forged);
        };
    }

    private int rows() {
        int rows = 0;
        try (KeyValueIterator<Bytes, Reservation> all = store.all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }
}

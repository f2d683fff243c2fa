package millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** Looking for reservations that are due reads those that are due, however many there are. */
class ReservationReadsTest {
    private static final Instant NOW = Samples.NOW;
    private static final int MANY = 20_000;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(1);
    private KeyValueStore<Bytes, Reservation> store;
    private Reservations reservations;
    private int rowsRead;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(properties, new TaskId(0, 3), directory.toFile());
        store = Reservations.store().withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        reservations =
                new Reservations(counting(store), 3, new Tokens(Samples.keys(1)), DeliverySettings.DEFAULTS, random);
        for (int i = 0; i < MANY; i++) {
            reservations.open(Samples.reservation(NOW, Duration.ofMillis(600_000 + 10L * i)));
        }
        rowsRead = 0;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingIsReadWhileNothingIsDue() {
        for (int tick = 0; tick < 100; tick++) {
            assertThat(reservations.dueForExpiry(NOW.plusMillis(50L * tick), 500))
                    .isEmpty();
            assertThat(reservations.forget(NOW.plusMillis(50L * tick), 500)).isZero();
        }

        assertThat(rowsRead).isZero();
    }

    @Test
    void eachTickReadsOnlyWhatFellDueSinceTheLast() {
        Instant first = NOW.plusMillis(600_000);
        for (int tick = 0; tick < 100; tick++) {
            reservations.dueForExpiry(first.plusMillis(50L * tick), 500);
        }

        assertThat(rowsRead).as("one every ten milliseconds, once").isEqualTo(99 * 5 + 1);
    }

    /** Each row that an iterator hands out counts. */
    @SuppressWarnings("unchecked")
    private KeyValueStore<Bytes, Reservation> counting(KeyValueStore<Bytes, Reservation> of) {
        return (KeyValueStore<Bytes, Reservation>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(of, arguments);
                    return result instanceof KeyValueIterator<?, ?> iterator ? counting(iterator) : result;
                });
    }

    private Object counting(KeyValueIterator<?, ?> of) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueIterator.class}, (proxy, method, arguments) -> {
                    rowsRead += method.getName().equals("next") ? 1 : 0;
                    return method.invoke(of, arguments);
                });
    }
}

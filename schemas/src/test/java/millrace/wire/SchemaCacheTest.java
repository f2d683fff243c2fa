package millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final SchemaLookup PENDING = new SchemaLookup.Pending();

    private final Queue<Runnable> background = new ArrayDeque<>();
    private IntFunction<Schema> registry = _ -> STRING;
    private int calls;
    private long nanos;
    private final SchemaCache cache = new SchemaCache(
            id -> {
                calls++;
                return registry.apply(id);
            },
            background::add,
            Duration.ofSeconds(60),
            () -> nanos);

    @Test
    void newIdIsPendingAndThenKnown() {
        assertThat(cache.find(5)).isEqualTo(PENDING);

        runBackground();

        assertThat(cache.find(5)).isEqualTo(new SchemaLookup.Known(STRING));
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void idThatIsBeingLookedUpIsNotLookedUpTwice() {
        cache.find(5);
        cache.find(5);
        cache.find(5);

        assertThat(background).hasSize(1);
    }

    @Test
    void unknownIdIsRememberedForItsTimeAndThenAskedAgain() {
        registry = _ -> {
            throw new RegistryException.Unknown("Schema 77 not found");
        };
        cache.find(77);
        runBackground();
        pass(Duration.ofSeconds(59));
        assertThat(cache.find(77))
                .isEqualTo(new SchemaLookup.Unknown("schema id 77 is unknown to the registry (Schema 77 not found)"));
        assertThatThrownBy(() -> cache.get(77)).isInstanceOf(RegistryException.Unknown.class);
        assertThat(calls).isEqualTo(1);

        pass(Duration.ofSeconds(1));
        registry = _ -> STRING;

        assertThat(cache.find(77)).isEqualTo(PENDING);
        runBackground();
        assertThat(cache.find(77)).isEqualTo(new SchemaLookup.Known(STRING));
    }

    @Test
    void unavailableRegistryLeavesTheIdPendingForAsLongAsItTakes() {
        registry = _ -> {
            throw new RegistryException.Unavailable("down");
        };
        for (int second = 0; second < 600; second++) {
            assertThat(cache.find(5)).isEqualTo(PENDING);
            runBackground();
            pass(Duration.ofSeconds(1));
        }
        // A pause is at most five seconds and at least half of that.
        assertThat(calls).isBetween(100, 300);

        registry = _ -> STRING;
        pass(Duration.ofSeconds(5));
        cache.find(5);
        runBackground();

        assertThat(cache.find(5)).isEqualTo(new SchemaLookup.Known(STRING));
    }

    @Test
    void questionsWithinThePauseStartNothing() {
        registry = _ -> {
            throw new RegistryException.Unavailable("down");
        };
        cache.find(5);
        runBackground();

        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.find(5)).isEqualTo(PENDING);
        }

        assertThat(background).isEmpty();
    }

    @Test
    void nobodyAskingMeansNoAttempts() {
        registry = _ -> {
            throw new RegistryException.Refused("401");
        };
        cache.find(5);
        runBackground();
        pass(Duration.ofHours(1));

        assertThat(background).isEmpty();
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void floodOfNewIdsStartsABoundedNumberOfLookUps() {
        for (int id = 1; id <= 100_000; id++) {
            assertThat(cache.find(id)).isEqualTo(PENDING);
        }

        assertThat(background).hasSize(256);
    }

    @Test
    void floodOfUnknownIdsIsForgottenOldestFirst() {
        registry = id -> {
            throw new RegistryException.Unknown("no " + id);
        };
        for (int id = 1; id <= 10_001; id++) {
            cache.find(id);
            runBackground();
        }

        assertThat(cache.find(2)).isInstanceOf(SchemaLookup.Unknown.class);
        assertThat(cache.find(1)).isEqualTo(PENDING);
    }

    @Test
    void waitingLookUpFillsTheCache() {
        assertThat(cache.get(9)).isEqualTo(STRING);

        assertThat(cache.find(9)).isEqualTo(new SchemaLookup.Known(STRING));
        assertThat(calls).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void runBackground() {
        for (Runnable next = background.poll(); next != null; next = background.poll()) {
            next.run();
        }
    }
}

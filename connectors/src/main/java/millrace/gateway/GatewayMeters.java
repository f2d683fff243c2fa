package millrace.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import millrace.gateway.ask.Replies;

/** What the gateway counts. Safe for any thread. */
final class GatewayMeters {
    private final MeterRegistry registry;
    private final ConcurrentMap<String, DoorMeters> doors = new ConcurrentHashMap<>();
    private final Counters<Beacon> beacons;
    private final Counters<Replies.Read> replies;

    GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
        beacons = new Counters<>(what -> Counter.builder("millrace.gateway.events")
                .description("Beacons by what became of them")
                .tag("outcome", word(what))
                .register(registry));
        replies = new Counters<>(what -> Counter.builder("millrace.gateway.replies")
                .description("Records of this gateway's partition of the reply topic")
                .tag("outcome", word(what))
                .register(registry));
    }

    /** A counter for each word, made when it first happens and then at hand. */
    private record Counters<E extends Enum<E>>(ConcurrentMap<E, Counter> known, Function<E, Counter> make) {
        Counters(Function<E, Counter> make) {
            this(new ConcurrentHashMap<>(), make);
        }

        Counter of(E what) {
            return known.computeIfAbsent(what, make);
        }
    }

    private record DoorMeters(Timer time, Counters<Ending> endings) {
        void ended(Ending ending, Duration after) {
            time.record(after);
            endings.of(ending).increment();
        }
    }

    /** How a call for ads ended. */
    enum Ending {
        FILLED,
        /** The pipeline had no ad. */
        NO_FILL,
        /** The pipeline refused the request. */
        REFUSED,
        /** The gateway did. */
        INVALID,
        LIMITED,
        DEADLINE,
        OVERLOADED,
        UNAVAILABLE
    }

    /** What became of a beacon. */
    enum Beacon {
        WRITTEN,
        /** No token, or one of another deployment. */
        MALFORMED,
        FORGED,
        LIMITED,
        UNAVAILABLE
    }

    void ended(String door, Ending ending, Duration after) {
        doors.computeIfAbsent(door, this::door).ended(ending, after);
    }

    private DoorMeters door(String door) {
        Timer time = Timer.builder("millrace.gateway.time")
                .description("From reading an HTTP request to its answer")
                .tag("door", door)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        return new DoorMeters(
                time,
                new Counters<>(ending -> Counter.builder("millrace.gateway.requests")
                        .description("HTTP requests for ads by how they ended")
                        .tag("door", door)
                        .tag("outcome", word(ending))
                        .register(registry)));
    }

    void beacon(Beacon what) {
        beacons.of(what).increment();
    }

    void read(Replies.Read what) {
        replies.of(what).increment();
    }

    void watch(IntSupplier inFlight, IntSupplier connections) {
        Gauge.builder("millrace.gateway.inflight", inFlight, IntSupplier::getAsInt)
                .description("HTTP requests that wait for the pipeline")
                .strongReference(true)
                .register(registry);
        Gauge.builder("millrace.gateway.connections", connections, IntSupplier::getAsInt)
                .description("Connections that are open")
                .strongReference(true)
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

package millrace.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import millrace.gateway.ask.Replies;

/** What the gateway counts. Safe for any thread. */
final class GatewayMeters {
    private final MeterRegistry registry;

    GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
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
        Timer.builder("millrace.gateway.time")
                .description("From reading an HTTP request to its answer")
                .tag("door", door)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry)
                .record(after);
        count("millrace.gateway.requests", "HTTP requests for ads by how they ended", "outcome", word(ending), door);
    }

    void beacon(Beacon what) {
        Counter.builder("millrace.gateway.events")
                .description("Beacons by what became of them")
                .tag("outcome", word(what))
                .register(registry)
                .increment();
    }

    void read(Replies.Read what) {
        Counter.builder("millrace.gateway.replies")
                .description("Records of this gateway's partition of the reply topic")
                .tag("outcome", word(what))
                .register(registry)
                .increment();
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

    private void count(String name, String description, String tag, String value, String door) {
        Counter.builder(name)
                .description(description)
                .tag("door", door)
                .tag(tag, value)
                .register(registry)
                .increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

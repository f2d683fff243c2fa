package millrace.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the request doors count. Safe for any thread. */
public final class IntakeCounts {
    private final Counter admitted;
    private final Counter moved;
    private final Counter refused;

    public IntakeCounts(MeterRegistry registry) {
        admitted = counter(registry, "admitted");
        moved = counter(registry, "moved");
        refused = counter(registry, "refused");
    }

    void admitted() {
        admitted.increment();
    }

    void moved() {
        moved.increment();
    }

    void refused() {
        refused.increment();
    }

    private static Counter counter(MeterRegistry registry, String verdict) {
        return Counter.builder("millrace.intake.requests")
                .description("requests by what the door did with them")
                .tag("verdict", verdict)
                .register(registry);
    }
}

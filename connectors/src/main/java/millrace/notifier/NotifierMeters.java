package millrace.notifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntSupplier;
import millrace.schemas.NoticeKind;

/** What the notifier counts. Safe for any thread. */
final class NotifierMeters {
    private final MeterRegistry registry;
    private final ConcurrentMap<NoticeKind, Map<What, Counter>> notices = new ConcurrentHashMap<>();

    NotifierMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What became of a notice. */
    enum What {
        FIRED,
        AGAIN,
        GIVEN_UP,
        /** A life before dealt with it. */
        SKIPPED,
        UNREADABLE
    }

    void count(NoticeKind kind, What what) {
        Objects.requireNonNull(notices.computeIfAbsent(kind, this::of).get(what))
                .increment();
    }

    private Map<What, Counter> of(NoticeKind kind) {
        Map<What, Counter> counters = new EnumMap<>(What.class);
        for (What what : What.values()) {
            counters.put(
                    what,
                    Counter.builder("millrace.notifier.notices")
                            .description("Notices by kind and by what became of an attempt")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .tag("outcome", what.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    void watch(IntSupplier inFlight) {
        Gauge.builder("millrace.notifier.inflight", inFlight, IntSupplier::getAsInt)
                .description("Notices that are called or wait for another attempt")
                .strongReference(true)
                .register(registry);
    }
}

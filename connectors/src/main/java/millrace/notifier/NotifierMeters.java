package millrace.notifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.IntSupplier;
import millrace.schemas.NoticeKind;

/** What the notifier counts. Safe for any thread. */
final class NotifierMeters {
    private final MeterRegistry registry;

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
        Counter.builder("millrace.notifier.notices")
                .description("Notices by kind and by what became of an attempt")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .tag("outcome", what.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void watch(IntSupplier inFlight) {
        Gauge.builder("millrace.notifier.inflight", inFlight, IntSupplier::getAsInt)
                .description("Notices that are called or wait for another attempt")
                .strongReference(true)
                .register(registry);
    }
}

package millrace.budget;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import millrace.schemas.GrantVerdict;

/** What the ledgers of a process count. Safe for any thread. */
public final class LedgerMeters {
    private final Counter booked;
    private final Counter repeated;
    private final Counter refused;
    private final Map<GrantVerdict, Counter> grants = new EnumMap<>(GrantVerdict.class);
    private final AtomicLong campaigns = new AtomicLong();

    public LedgerMeters(MeterRegistry registry) {
        booked = reports(registry, "booked");
        repeated = reports(registry, "repeated");
        refused = reports(registry, "refused");
        for (GrantVerdict verdict : GrantVerdict.values()) {
            grants.put(
                    verdict,
                    Counter.builder("millrace.ledger.grants")
                            .description("what the ledger told leases")
                            .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("millrace.ledger.campaigns", campaigns, AtomicLong::doubleValue)
                .description("campaigns whose ledger this process keeps")
                .strongReference(true)
                .register(registry);
    }

    private static Counter reports(MeterRegistry registry, String outcome) {
        return Counter.builder("millrace.ledger.reports")
                .description("reports of leases by what the ledger did with them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void booked() {
        booked.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void refused() {
        refused.increment();
    }

    void granted(GrantVerdict verdict) {
        Objects.requireNonNull(grants.get(verdict)).increment();
    }

    void campaigns(int change) {
        campaigns.addAndGet(change);
    }
}

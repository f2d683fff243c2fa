package millrace.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.Budget;
import millrace.catalog.Campaign;
import millrace.catalog.Placement;
import millrace.catalog.Supply;
import millrace.money.BudgetDay;
import millrace.money.Cpm;
import millrace.money.Money;
import millrace.schemas.SelectorKind;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.session.SessionContext;

/** Values that the tests of delivery and impression begin from. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-02T10:00:00.123Z");
    public static final Duration TTL = Duration.ofMinutes(10);

    private Samples() {}

    public static SigningKeys keys(int... ids) {
        Map<Integer, byte[]> secrets = new java.util.HashMap<>();
        for (int id : ids) {
            secrets.put(id, ("secret number " + id + " of sixteen bytes").getBytes(StandardCharsets.UTF_8));
        }
        return new SigningKeys(secrets, ids[0]);
    }

    public static Reservation reservation(Instant servedAt, Duration ttl) {
        return new Reservation(
                ReservationState.RESERVED,
                "user",
                "session",
                "request",
                "slot",
                "preroll",
                Optional.of("c1"),
                "creative",
                Optional.of("advertiser"),
                Optional.empty(),
                new Money(2_500_000),
                BudgetDay.NONE,
                new Cpm(2_500_000),
                "USD",
                servedAt,
                servedAt.plus(ttl),
                false,
                false);
    }

    public static SessionContext context() {
        return new SessionContext(
                "request",
                "correlator",
                "12345678",
                NOW,
                "user",
                "session",
                Optional.of("user"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of("app_version", "7", "correlator", "forged"));
    }

    public static Slot slot(int expirySeconds) {
        return Slot.newBuilder().setId("slot").setExpirySeconds(expirySeconds).build();
    }

    public static Slot slot() {
        return Slot.newBuilder().setId("slot").build();
    }

    public static Placement placement(Optional<Duration> ttl) {
        return new Placement(
                "preroll",
                SlotKind.VIDEO,
                "EUR",
                Cpm.FREE,
                Optional.empty(),
                ttl,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public static Campaign campaign() {
        return new Campaign(
                "c1",
                "shoes.example",
                true,
                0,
                Optional.empty(),
                Optional.empty(),
                "USD",
                new Cpm(2_500_000),
                Budget.ofTotal(new Money(1_000_000_000)),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                new Supply.Pooled(List.of("upstream"), SelectorKind.ROUND_ROBIN));
    }
}

package millrace.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.money.Cpm;
import millrace.schemas.Creative;
import millrace.schemas.SlotKind;

/**
 * Where ads are shown.
 *
 * @param deadline total time for an answer; absent is the setting {@code decision.deadline}
 * @param reservation how long an ad may wait for its impression; absent is {@code delivery.reservation.ttl}
 * @param maxDuration longest ad when the request names none
 * @param house ad shown when nothing else is
 * @param auction who may bid; absent is nobody
 */
public record Placement(
        String id,
        SlotKind kind,
        String currency,
        Cpm floor,
        Optional<Duration> deadline,
        Optional<Duration> reservation,
        Optional<Duration> maxDuration,
        List<CapRule> caps,
        Optional<Creative> house,
        Optional<AuctionTerms> auction) {

    /** One that nobody bids for. */
    public Placement(
            String id,
            SlotKind kind,
            String currency,
            Cpm floor,
            Optional<Duration> deadline,
            Optional<Duration> reservation,
            Optional<Duration> maxDuration,
            List<CapRule> caps,
            Optional<Creative> house) {
        this(id, kind, currency, floor, deadline, reservation, maxDuration, caps, house, Optional.empty());
    }

    public Placement {
        caps = List.copyOf(caps);
    }

    /** Stands for a placement that went while one of its requests was in flight: shows nothing. */
    public static Placement gone(String id) {
        return new Placement(
                id,
                SlotKind.VIDEO,
                "USD",
                Cpm.FREE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}

package millrace.impression;

import java.time.Instant;
import java.util.Optional;
import millrace.delivery.Reservation;
import millrace.delivery.Settlement;
import millrace.delivery.Token;
import millrace.delivery.TokenVerdict;
import millrace.delivery.Tokens;
import millrace.money.Money;
import millrace.schemas.AdEvent;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;

/**
 * Reads events of served ads, and writes down confirmed impressions. Entrance of the room; remembers nothing, so that
 * repeating is safe: the reservation knows what was settled. One instance a thread, as its tokens.
 */
public final class Impressions {
    private final Tokens tokens;
    private final int partition;

    public Impressions(Tokens tokens, int partition) {
        this.tokens = tokens;
        this.partition = partition;
    }

    /** @param appended the record's timestamp, set by the broker */
    public EventVerdict judge(AdEvent event, Instant appended) {
        return switch (event.getKind()) {
            case IMPRESSION, EXPIRE ->
                switch (tokens.verify(event.getToken())) {
                    case TokenVerdict.Forged forged -> new EventVerdict.Forged(forged.flaw());
                    case TokenVerdict.Genuine genuine -> judge(event, genuine.token(), appended);
                };
            case OTHER -> new EventVerdict.Ignored();
        };
    }

    private EventVerdict judge(AdEvent event, Token token, Instant appended) {
        if (token.partition() != partition) {
            return new EventVerdict.ForeignPartition(token);
        }
        return switch (event.getKind()) {
            case IMPRESSION -> new EventVerdict.Shown(token, shownAt(event, appended));
            case EXPIRE -> new EventVerdict.Expires(token, appended);
            case OTHER -> new EventVerdict.Ignored();
        };
    }

    private static Instant shownAt(AdEvent event, Instant appended) {
        return Optional.ofNullable(event.getEventTime())
                .map(Instant::ofEpochMilli)
                .filter(time -> time.isBefore(appended))
                .orElse(appended);
    }

    /** What goes on impressions: exactly one record a token, so nothing for a repeated or unknown one. */
    public static Optional<Impression> confirmed(Token token, Settlement settlement, Instant shownAt) {
        return switch (settlement) {
            case Settlement.Billed billed ->
                Optional.of(impression(token, billed.reservation(), ImpressionVerdict.BILLED, shownAt));
            case Settlement.Free free ->
                Optional.of(impression(token, free.reservation(), ImpressionVerdict.FREE, shownAt));
            case Settlement.Late late ->
                Optional.of(impression(token, late.reservation(), ImpressionVerdict.LATE, shownAt));
            case Settlement.Repeated repeated -> Optional.empty();
            case Settlement.Unknown unknown -> Optional.empty();
        };
    }

    private static Impression impression(
            Token token, Reservation reservation, ImpressionVerdict verdict, Instant shownAt) {
        Money spent = verdict == ImpressionVerdict.BILLED ? reservation.cost() : Money.ZERO;
        // A client's clock may say that it showed the ad before it was served.
        Instant shown = shownAt.isBefore(reservation.servedAt()) ? reservation.servedAt() : shownAt;
        return Impression.newBuilder()
                .setId(token.id())
                .setRequestId(reservation.requestId())
                .setPlacement(reservation.placement())
                .setUserKey(reservation.userKey())
                .setCampaign(reservation.campaign().orElse(null))
                .setCreative(reservation.creative())
                .setAdvertiser(reservation.advertiser().orElse(null))
                .setUpstream(reservation.upstream().orElse(null))
                .setVerdict(verdict)
                .setCostNanos(spent.nanos())
                .setCurrency(reservation.currency())
                .setBudgetDay(reservation.budgetDay().number())
                .setServedAt(reservation.servedAt().toEpochMilli())
                .setShownAt(shown.toEpochMilli())
                .build();
    }
}

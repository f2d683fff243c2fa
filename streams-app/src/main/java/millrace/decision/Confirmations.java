package millrace.decision;

import java.time.Instant;
import java.util.Optional;
import millrace.caps.CapSubject;
import millrace.caps.Exposure;
import millrace.decision.DecisionMeters.EventOutcome;
import millrace.delivery.Expiry;
import millrace.delivery.Reservation;
import millrace.delivery.Settlement;
import millrace.delivery.Token;
import millrace.impression.EventVerdict;
import millrace.impression.Impressions;
import millrace.money.Money;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.session.Session;
import millrace.session.UserKey;
import org.apache.kafka.common.header.Headers;

/**
 * What happens to served ads afterwards. An impression in time spends the reserved money and confirms the exposure; the end of a
 * reservation gives both back. Safe to repeat: the reservation's state moves once, whatever arrives again.
 */
final class Confirmations {
    private static final int DUE_AT_ONCE = 500;

    private final Rooms rooms;
    private final Exits exits;
    private final BidNotices notices;
    private Optional<String> refunded = Optional.empty();

    Confirmations(Rooms rooms, Exits exits, BidNotices notices) {
        this.rooms = rooms;
        this.exits = exits;
        this.notices = notices;
    }

    /**
     * @param appended the broker's time of the event, in milliseconds since 1970
     * @return the campaign whose waiting decisions should try again, because money came back
     */
    Optional<String> happened(AdEvent event, long appended, Headers trace) {
        refunded = Optional.empty();
        rooms.meters().event(judge(event, Instant.ofEpochMilli(appended), trace));
        return refunded;
    }

    private EventOutcome judge(AdEvent event, Instant appended, Headers trace) {
        return switch (rooms.impressions().judge(event, appended)) {
            case EventVerdict.Shown(Token token, Instant shownAt) -> shown(token, shownAt, appended, trace);
            case EventVerdict.Expires(Token token, Instant at) -> expires(token, at);
            case EventVerdict.Forged forged -> EventOutcome.FORGED;
            case EventVerdict.ForeignPartition foreign -> EventOutcome.MISPLACED;
            case EventVerdict.Ignored ignored -> EventOutcome.IGNORED;
        };
    }

    private EventOutcome shown(Token token, Instant shownAt, Instant appended, Headers trace) {
        Settlement settlement = paid(rooms.reservations().settle(token));
        Impressions.confirmed(token, settlement, shownAt)
                .ifPresent(impression -> exits.impression(impression, appended.toEpochMilli(), trace));
        return switch (settlement) {
            case Settlement.Billed(Reservation reservation) -> {
                seen(token, reservation, shownAt);
                notices.billed(reservation, token.id(), shownAt, appended, trace);
                yield EventOutcome.BILLED;
            }
            case Settlement.Free free -> EventOutcome.FREE;
            case Settlement.Late(Reservation reservation) -> {
                late(token, reservation, shownAt);
                yield EventOutcome.LATE;
            }
            case Settlement.Repeated repeated -> EventOutcome.REPEATED;
            case Settlement.Unknown unknown -> EventOutcome.UNKNOWN;
        };
    }

    /**
     * Spends its cost. Under {@code at_least_once} a crash may have kept a reservation and lost its money: what no lease can pay is not
     * billed.
     */
    private Settlement paid(Settlement settlement) {
        if (!(settlement instanceof Settlement.Billed(Reservation reservation))
                || reservation.campaign().isEmpty()) {
            return settlement;
        }
        String campaign = reservation.campaign().get();
        boolean unlimited = rooms.catalog()
                .campaign(campaign)
                .map(known -> known.budget().isUnlimited())
                .orElse(false);
        Instant now = rooms.clock().instant();
        return rooms.budgets().spend(campaign, unlimited, reservation.budgetDay(), reservation.cost(), now)
                ? settlement
                : new Settlement.Late(reservation);
    }

    private void seen(Token token, Reservation reservation, Instant shownAt) {
        reservation
                .campaign()
                .ifPresent(campaign -> rooms.sessions()
                        .shown(
                                new UserKey(reservation.userKey()),
                                campaign,
                                reservation.cost(),
                                reservation.currency(),
                                shownAt));
        if (!reservation.userKey().isEmpty()) {
            rooms.caps().confirm(reservation.userKey(), reservation.servedAt(), token.reservation());
        }
    }

    /** Unbilled, but the user has seen it: it counts, in the windows of the time at which they did. */
    private void late(Token token, Reservation reservation, Instant shownAt) {
        if (!reservation.isFree() && !reservation.userKey().isEmpty()) {
            if (!rooms.caps().addLate(reservation.userKey(), exposure(token, reservation, shownAt))) {
                rooms.meters().uncounted();
            }
            rooms.sessions()
                    .shown(
                            new UserKey(reservation.userKey()),
                            reservation.campaign().orElse(""),
                            Money.ZERO,
                            reservation.currency(),
                            shownAt);
        }
    }

    private EventOutcome expires(Token token, Instant at) {
        Instant now = rooms.clock().instant();
        return switch (rooms.reservations().expire(token, at, now)) {
            case Expiry.Released(Reservation reservation) -> {
                refunded = reservation
                        .campaign()
                        .filter(campaign ->
                                rooms.budgets().release(campaign, reservation.budgetDay(), reservation.cost(), now));
                if (!reservation.userKey().isEmpty()) {
                    rooms.caps().release(reservation.userKey(), reservation.servedAt(), token.reservation());
                }
                yield EventOutcome.RELEASED;
            }
            case Expiry.Premature premature -> EventOutcome.PREMATURE;
            case Expiry.Nothing nothing -> EventOutcome.SETTLED;
        };
    }

    /**
     * Reservations that are due: their end is appended to our own partition of ad-events, where the order of offsets decides between it
     * and an impression.
     */
    void endReservations(Instant now) {
        for (String token : rooms.reservations().dueForExpiry(now, DUE_AT_ONCE)) {
            AdEvent end = AdEvent.newBuilder()
                    .setToken(token)
                    .setKind(AdEventKind.EXPIRE)
                    .build();
            exits.event(end, now.toEpochMilli());
        }
    }

    private static Exposure exposure(Token token, Reservation reservation, Instant shownAt) {
        CapSubject subject = new CapSubject(
                reservation.campaignKey(),
                reservation.creative(),
                reservation.advertiser().orElse(""),
                reservation.placement(),
                reservation.upstream().orElse(""));
        Instant seen = shownAt.isBefore(reservation.servedAt()) ? reservation.servedAt() : shownAt;
        return Exposure.reserved(seen, subject, Session.fingerprint(reservation.sessionId()), token.reservation());
    }
}

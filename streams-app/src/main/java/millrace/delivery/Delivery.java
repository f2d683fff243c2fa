package millrace.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.Placement;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.ServedAd;
import millrace.schemas.Slot;
import millrace.schemas.Tracker;
import millrace.session.SessionContext;

/**
 * Turns what was decided into what leaves. First {@link #reservation} (or {@link #house}) says what the ad would cost
 * and until when it holds; once caps and budget agree and {@link Reservations#open} has issued its token, {@link #ad} goes
 * into the answer and {@link #servedAd} on to served-ads. Pure; remembers nothing.
 */
public final class Delivery {
    private final DeliverySettings settings;
    private final Documents documents;

    public Delivery(DeliverySettings settings, Documents documents) {
        this.settings = settings;
        this.documents = documents;
    }

    public Documents documents() {
        return documents;
    }

    /**
     * An ad that somebody buys. Its {@code cost} is what the budget is asked for: the price of one impression, nothing for a test.
     *
     * @param budgetDay that its cost was taken from
     */
    public Reservation reservation(
            SessionContext context,
            Slot slot,
            Placement placement,
            Sale sale,
            BudgetDay budgetDay,
            Material material,
            boolean test,
            Instant now) {
        return new Reservation(
                ReservationState.RESERVED,
                context.userKey(),
                context.sessionId(),
                context.requestId(),
                slot.getId(),
                placement.id(),
                sale.campaign(),
                material.creative(),
                material.advertiser().or(sale::advertiser),
                material.upstream(),
                test ? Money.ZERO : sale.price().perImpression(),
                budgetDay,
                sale.price(),
                sale.currency(),
                now.truncatedTo(ChronoUnit.MILLIS),
                expiresAt(slot, placement, sale, now),
                false,
                test,
                sale.bid());
    }

    /** The placement's house ad: free, and of no campaign. */
    public Reservation house(
            SessionContext context, Slot slot, Placement placement, Material house, boolean test, Instant now) {
        Sale free = Sale.free(placement.currency());
        Reservation open = reservation(context, slot, placement, free, BudgetDay.NONE, house, test, now);
        return open.asHouse();
    }

    /**
     * @param element the ad as part of a document
     * @param sequence its place in the pod
     */
    public Ad ad(
            Reservation reservation,
            Material material,
            Issued issued,
            AdRequest request,
            Slot slot,
            Optional<String> element,
            Optional<Integer> sequence) {
        List<Tracker> trackers = new ArrayList<>(material.trackers());
        trackers.addAll(documents.beacons().of(issued.text()));
        return Ad.newBuilder()
                .setToken(issued.text())
                .setCampaign(reservation.campaign().orElse(null))
                .setCreative(reservation.creative())
                .setAdvertiser(reservation.advertiser().orElse(null))
                .setUpstream(reservation.upstream().orElse(null))
                .setHouse(reservation.house())
                .setAdId(material.adId().orElse(null))
                .setSequence(sequence.orElse(null))
                .setCategories(material.categories())
                .setTitle(material.title().orElse(null))
                .setDurationMillis(material.durationMillis().orElse(null))
                .setMarkup(documents.markup(material, element, request, slot).orElse(null))
                .setMedia(material.media())
                .setClickThrough(material.clickThrough().orElse(null))
                .setTrackers(trackers)
                .setPriceCpmMicros(reservation.price().micros())
                .setCostNanos(reservation.price().perImpression().nanos())
                .setCurrency(reservation.currency())
                .setExpiresAt(reservation.expiresAt().toEpochMilli())
                .build();
    }

    /** @param country ISO 3166-1 alpha-2 of the device, when the request says so */
    public ServedAd servedAd(Reservation reservation, Issued issued, SessionContext context, Optional<String> country) {
        return ServedAd.newBuilder()
                .setId(issued.token().id())
                .setRequestId(reservation.requestId())
                .setSlotId(reservation.slot())
                .setPlacement(reservation.placement())
                .setUserKey(reservation.userKey())
                .setSessionId(reservation.sessionId())
                .setCampaign(reservation.campaign().orElse(null))
                .setCreative(reservation.creative())
                .setAdvertiser(reservation.advertiser().orElse(null))
                .setUpstream(reservation.upstream().orElse(null))
                .setHouse(reservation.house())
                .setPriceCpmMicros(reservation.price().micros())
                .setCostNanos(reservation.price().perImpression().nanos())
                .setCurrency(reservation.currency())
                .setBudgetDay(reservation.budgetDay().number())
                .setServedAt(reservation.servedAt().toEpochMilli())
                .setExpiresAt(reservation.expiresAt().toEpochMilli())
                .setCountry(country.orElse(null))
                .setContext(facts(context))
                .setTest(reservation.test())
                .build();
    }

    /** The context's own facts win over metadata of the same name. */
    private static Map<String, String> facts(SessionContext context) {
        Map<String, String> facts = new HashMap<>(context.metadata());
        facts.put("correlator", context.correlator());
        facts.put("cachebusting", context.cachebusting());
        return facts;
    }

    /** The placement's time or the default, shortened by OpenRTB's {@code imp.exp} and {@code bid.exp}; a second at least. */
    private Instant expiresAt(Slot slot, Placement placement, Sale sale, Instant now) {
        Duration longest = placement.reservation().orElse(settings.reservationTtl());
        Duration asked = Optional.ofNullable(slot.getExpirySeconds())
                .map(Duration::ofSeconds)
                .filter(Duration::isPositive)
                .orElse(longest);
        Duration least = sale.held().filter(Duration::isPositive).orElse(longest);
        Duration wanted = asked.compareTo(least) < 0 ? asked : least;
        Duration held = wanted.compareTo(longest) < 0 ? wanted : longest;
        return now.truncatedTo(ChronoUnit.MILLIS).plus(held);
    }
}

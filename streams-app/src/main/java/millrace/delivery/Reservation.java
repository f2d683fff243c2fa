package millrace.delivery;

import java.time.Instant;
import java.util.Optional;
import millrace.money.BudgetDay;
import millrace.money.Cpm;
import millrace.money.Money;

/**
 * An ad that was served and waits for its impression, with all that its settling needs.
 *
 * @param slot id of the slot
 * @param campaign absent for open demand and house ads
 * @param upstream absent for a campaign's own creative and house ads
 * @param cost what is reserved of the campaign's budget: nothing for house and test ads
 * @param budgetDay that pays; {@link BudgetDay#NONE} without a daily budget
 * @param price what the answer says, also of a test ad
 * @param servedAt and {@code expiresAt} to the millisecond
 * @param bid present when a bid bought it
 */
public record Reservation(
        ReservationState state,
        String userKey,
        String sessionId,
        String requestId,
        String slot,
        String placement,
        Optional<String> campaign,
        String creative,
        Optional<String> advertiser,
        Optional<String> upstream,
        Money cost,
        BudgetDay budgetDay,
        Cpm price,
        String currency,
        Instant servedAt,
        Instant expiresAt,
        boolean house,
        boolean test,
        Optional<SoldBid> bid) {

    /** One that no bid bought. */
    public Reservation(
            ReservationState state,
            String userKey,
            String sessionId,
            String requestId,
            String slot,
            String placement,
            Optional<String> campaign,
            String creative,
            Optional<String> advertiser,
            Optional<String> upstream,
            Money cost,
            BudgetDay budgetDay,
            Cpm price,
            String currency,
            Instant servedAt,
            Instant expiresAt,
            boolean house,
            boolean test) {
        this(
                state,
                userKey,
                sessionId,
                requestId,
                slot,
                placement,
                campaign,
                creative,
                advertiser,
                upstream,
                cost,
                budgetDay,
                price,
                currency,
                servedAt,
                expiresAt,
                house,
                test,
                Optional.empty());
    }

    public Reservation {
        if (cost.nanos() < 0) {
            throw new IllegalArgumentException("cost is " + cost.nanos() + " nanos; it must be 0 or more");
        }
        if (expiresAt.isBefore(servedAt)) {
            throw new IllegalArgumentException("expiry is " + expiresAt + "; it must not be before " + servedAt);
        }
    }

    /** House and test ads are counted but never billed. */
    public boolean isFree() {
        return house || test;
    }

    Reservation in(ReservationState next) {
        return with(next, house);
    }

    Reservation asHouse() {
        return with(state, true);
    }

    private Reservation with(ReservationState next, boolean ofHouse) {
        return new Reservation(
                next,
                userKey,
                sessionId,
                requestId,
                slot,
                placement,
                campaign,
                creative,
                advertiser,
                upstream,
                cost,
                budgetDay,
                price,
                currency,
                servedAt,
                expiresAt,
                ofHouse,
                test,
                bid);
    }

    /** What caps count as its campaign; empty when there is none. */
    public String campaignKey() {
        return campaign.or(() -> bid.map(SoldBid::campaign)).orElse("");
    }

    /** Without the user: a key must not reach a log. */
    @Override
    public String toString() {
        return "Reservation[state=" + state + ", requestId=" + requestId + ", slot=" + slot + ", campaign="
                + campaign.orElse("-") + ", creative=" + creative + ", expiresAt=" + expiresAt + "]";
    }
}

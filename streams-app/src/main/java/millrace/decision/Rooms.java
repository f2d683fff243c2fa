package millrace.decision;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import millrace.budget.BudgetVerdict;
import millrace.budget.Budgets;
import millrace.caps.FrequencyCaps;
import millrace.catalog.Campaign;
import millrace.catalog.Catalog;
import millrace.delivery.Delivery;
import millrace.delivery.Reservations;
import millrace.impression.Impressions;
import millrace.money.Cpm;
import millrace.rotation.Rotation;
import millrace.selection.Selection;
import millrace.session.Sessions;
import millrace.upstream.Bidders;
import millrace.upstream.Upstream;

/** The rooms that a decision walks through, as they are for one partition. */
record Rooms(
        Catalog catalog,
        Sessions sessions,
        Selection selection,
        Rotation rotation,
        Upstream upstream,
        Bidders bidders,
        FrequencyCaps caps,
        Budgets budgets,
        Reservations reservations,
        Delivery delivery,
        Impressions impressions,
        RecentRequests recent,
        Journal journal,
        DecisionMeters meters,
        InstantSource clock,
        LongSupplier nanoTime) {

    /** Takes the price of one ad from what the campaign may spend; a test costs nothing. */
    BudgetVerdict reserve(InFlight flight, Campaign campaign, Cpm price, Instant now) {
        if (flight.asked.request().getTest()) {
            return BudgetVerdict.FREE;
        }
        BudgetVerdict verdict = budgets.reserve(campaign, price.perImpression(), now, flight.lastAsk);
        meters.money(verdict);
        return verdict;
    }
}

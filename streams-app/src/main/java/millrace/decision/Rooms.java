package millrace.decision;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import millrace.budget.Budgets;
import millrace.caps.FrequencyCaps;
import millrace.catalog.Catalog;
import millrace.delivery.Delivery;
import millrace.delivery.Reservations;
import millrace.impression.Impressions;
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
        LongSupplier nanoTime) {}

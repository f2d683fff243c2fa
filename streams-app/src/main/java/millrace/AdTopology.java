package millrace;

import static org.apache.kafka.streams.Topology.AutoOffsetReset;

import millrace.budget.Ledger;
import millrace.catalog.CatalogProcessor;
import millrace.decision.Exits;
import millrace.intake.Doorway;
import org.apache.kafka.streams.Topology;

/**
 * The table of contents: every node of the pipeline, in the order in which data walks.
 *
 * <pre>
 * campaigns, upstreams, placements (global, in memory) ─► catalog
 *
 * ad-requests ────────► intake ───────┐
 * ad-requests-moved ──► intake-moved ─┤               ┌─► ad-responses · served-ads · impressions · notices
 * ad-events ──────────► impression ───┼─► decision ───┼─► ad-events (a reservation ends)
 * budget-grants ──────► grants ───────┘               └─► budget-requests ─► ledger ─► budget-grants
 *
 * what cannot be read or is refused, at any door ─► dead-letters
 * </pre>
 *
 * <p>Two sub-topologies: the decision path by user, the ledger by campaign. Names are part of the state: renaming a node or a store
 * loses what it remembers.
 */
public final class AdTopology {
    private AdTopology() {}

    public static Topology of(Nodes nodes) {
        Topology topology = new Topology();

        nodes.catalog(topology, nodes.topics().campaigns(), "catalog-campaigns");
        nodes.catalog(topology, nodes.topics().upstreams(), "catalog-upstreams");
        nodes.catalog(topology, nodes.topics().placements(), "catalog-placements");

        nodes.source(topology, "ad-requests", nodes.topics().adRequests());
        nodes.source(topology, "ad-requests-moved", nodes.topics().adRequestsMoved());
        nodes.source(topology, "ad-events", nodes.topics().adEvents());
        nodes.source(topology, "budget-grants", nodes.topics().budgetGrants());

        topology.addProcessor("intake", nodes.intake(), "ad-requests");
        topology.addProcessor("intake-moved", nodes.intakeMoved(), "ad-requests-moved");
        topology.addProcessor("impression", nodes.impression(), "ad-events");
        topology.addProcessor("grants", nodes.grants(), "budget-grants");
        topology.addProcessor("decision", nodes.decision(), "intake", "intake-moved", "impression", "grants");

        nodes.answers(topology, Exits.AD_RESPONSES, "decision");
        nodes.sink(topology, Exits.SERVED_ADS, nodes.topics().servedAds(), "decision");
        nodes.sink(topology, Exits.IMPRESSIONS, nodes.topics().impressions(), "decision");
        nodes.sink(topology, Exits.NOTICES, nodes.topics().notices(), "decision");
        nodes.events(topology, Exits.AD_EVENTS, "decision");
        nodes.sink(topology, Exits.BUDGET_REQUESTS, nodes.topics().budgetRequests(), "decision");
        nodes.moved(topology, Doorway.MOVED, "intake");
        nodes.sink(
                topology,
                Doorway.DEAD_LETTERS,
                nodes.topics().deadLetters(),
                "intake",
                "intake-moved",
                "impression",
                "grants");

        nodes.source(topology, "budget-requests", nodes.topics().budgetRequests());
        topology.addProcessor("ledger", nodes.ledger(), "budget-requests");
        nodes.grantsSink(topology, Ledger.GRANTS, "ledger");
        nodes.sink(topology, Ledger.DEAD_LETTERS, nodes.topics().deadLetters(), "ledger");
        return topology;
    }
}

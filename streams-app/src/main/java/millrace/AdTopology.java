package millrace;

import millrace.decision.Exits;
import millrace.intake.Doorway;
import org.apache.kafka.streams.Topology;

/**
 * The table of contents: every node of the pipeline, in the order in which data walks.
 *
 * <pre>
 * campaigns, upstreams, placements, rates (global, in memory) ─► catalog
 *
 * ad-requests ────────► intake ───────┐
 * ad-requests-moved ──► intake-moved ─┤               ┌─► ad-responses · served-ads · impressions · notices
 * ad-events ──────────► impression ───┼─► decision ───┼─► ad-events (a reservation ends)
 * budget-grants ──────► grants ───────┘               └─► budget-requests ─► ledger ─► budget-grants · budget-ledger
 *
 * what cannot be read or is refused, at any door ─► dead-letters
 * </pre>
 *
 * <p>Two sub-topologies: the decision path by user, the ledger by campaign. Names are part of the state: renaming a node or a store
 * loses what it remembers.
 */
public final class AdTopology {
    static final String LEDGER_GRANTS = "to-budget-grants";
    static final String LEDGER_ENTRIES = "to-budget-ledger";
    static final String LEDGER_DEAD_LETTERS = "ledger-to-dead-letters";

    private AdTopology() {}

    public static Topology of(Nodes nodes) {
        return of(nodes, new Topology());
    }

    /** @param topology still empty, with whatever configuration it is to have */
    public static Topology of(Nodes nodes, Topology topology) {
        nodes.addCatalog(topology);

        nodes.addSource(topology, "ad-requests", nodes.topics().adRequests());
        nodes.addSource(topology, "ad-requests-moved", nodes.topics().adRequestsMoved());
        nodes.addSource(topology, "ad-events", nodes.topics().adEvents());
        nodes.addSource(topology, "budget-grants", nodes.topics().budgetGrants());

        topology.addProcessor("intake", nodes.intake(), "ad-requests");
        topology.addProcessor("intake-moved", nodes.intakeMoved(), "ad-requests-moved");
        topology.addProcessor("impression", nodes.impression(), "ad-events");
        topology.addProcessor("grants", nodes.grants(), "budget-grants");
        topology.addProcessor(Doorway.DECISION, nodes.decision(), "intake", "intake-moved", "impression", "grants");

        nodes.addAnswers(topology, Exits.AD_RESPONSES, Doorway.DECISION);
        nodes.addSink(topology, Exits.SERVED_ADS, nodes.topics().servedAds(), Doorway.DECISION);
        nodes.addSink(topology, Exits.IMPRESSIONS, nodes.topics().impressions(), Doorway.DECISION);
        nodes.addSink(topology, Exits.NOTICES, nodes.topics().notices(), Doorway.DECISION);
        nodes.addSink(topology, Exits.BUDGET_REQUESTS, nodes.topics().budgetRequests(), Doorway.DECISION);
        nodes.addOwnEvents(topology, Exits.AD_EVENTS, Doorway.DECISION);
        nodes.addMoved(topology, Doorway.MOVED, "intake");
        nodes.addSink(
                topology,
                Doorway.DEAD_LETTERS,
                nodes.topics().deadLetters(),
                "intake",
                "intake-moved",
                "impression",
                "grants");

        nodes.addSource(topology, "budget-requests", nodes.topics().budgetRequests());
        topology.addProcessor("ledger-door", nodes.ledgerDoor(), "budget-requests");
        topology.addProcessor("ledger", nodes.ledger(), "ledger-door");
        nodes.addGrants(topology, LEDGER_GRANTS, "ledger");
        nodes.addSink(topology, LEDGER_ENTRIES, nodes.topics().budgetLedger(), "ledger");
        nodes.addSink(topology, LEDGER_DEAD_LETTERS, nodes.topics().deadLetters(), "ledger", "ledger-door");
        return topology;
    }
}

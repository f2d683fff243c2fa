package millrace.decision;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import millrace.budget.BudgetSettings;
import millrace.caps.CapSettings;
import millrace.catalog.Catalog;
import millrace.delivery.DeliverySettings;
import millrace.delivery.Documents;
import millrace.delivery.SigningKeys;
import millrace.intake.ReplyTopics;
import millrace.rotation.Rotations;
import millrace.session.SessionSettings;
import millrace.upstream.Bidders;
import millrace.upstream.Upstream;
import millrace.wire.Wire;

/**
 * What the decisions of all partitions of a process share. All of it is safe for any thread.
 *
 * @param clock the only source of the time of decisions
 * @param nanoTime the only source of elapsed time
 * @param random the only source of chance
 */
public record Shared(
        Wire wire,
        Catalog catalog,
        Upstream upstream,
        Bidders bidders,
        SigningKeys signingKeys,
        ReplyTopics replies,
        DecisionSettings decision,
        AuctionSettings auctions,
        SessionSettings sessions,
        CapSettings caps,
        BudgetSettings budget,
        DeliverySettings delivery,
        Documents documents,
        DecisionMeters meters,
        Rotations rotations,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random) {}

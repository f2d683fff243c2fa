package millrace;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import millrace.budget.BudgetSettings;
import millrace.caps.CapSettings;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Refusal;
import millrace.decision.DecisionMeters;
import millrace.decision.DecisionSettings;
import millrace.delivery.DeliverySettings;
import millrace.delivery.TokenKeys;
import millrace.intake.IntakeCounts;
import millrace.intake.ReplyRules;
import millrace.session.SessionSettings;
import millrace.topics.Topics;
import millrace.upstream.Upstream;
import millrace.wire.Wire;

/**
 * What all partitions of a process share.
 *
 * @param partitions of the decision path
 * @param refusals takes catalog records that were refused
 * @param clock the only source of the time of decisions
 * @param nanoTime the only source of elapsed time
 * @param random the only source of chance; safe for any thread
 */
public record Shared(
        Topics topics,
        Wire wire,
        LiveCatalog catalog,
        CatalogTopics.Readers catalogReaders,
        Consumer<Refusal> refusals,
        Upstream upstream,
        TokenKeys tokenKeys,
        ReplyRules replies,
        int partitions,
        DecisionSettings decisionSettings,
        SessionSettings sessionSettings,
        CapSettings capSettings,
        BudgetSettings budgetSettings,
        DeliverySettings deliverySettings,
        IntakeCounts intakeCounts,
        DecisionMeters decisionMeters,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random) {}

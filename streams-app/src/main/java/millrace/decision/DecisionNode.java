package millrace.decision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import millrace.budget.LeaseCount;
import millrace.intake.Arrival;
import millrace.trace.TraceHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The one node of the decision path: brings arrivals, answers of upstreams and the passing of time to {@link Decision} and
 * {@link Confirmations}, on the stream thread.
 *
 * <p>Kafka Streams calls {@link #init} again on the same object when a suspended task goes on, so everything is made anew there; what
 * an older life still gets from its upstreams is never read. {@link #close} runs after the last commit and only cancels.
 */
public final class DecisionNode implements Processor<String, Arrival, String, Object> {
    private static final Duration DRAIN_EVERY = Duration.ofMillis(2);
    /** Completions taken at once, so that the thread soon polls and commits again. */
    private static final int DRAIN_MOST = 500;

    private static final int OVERDUE_EVERY = 10;
    private static final int TICK_EVERY = 25;
    private static final int SWEEP_EVERY = 500;
    private static final long BLOCKED_PARK_NANOS = 200_000;

    private final DecisionSettings settings;
    private final AuctionSettings auctionSettings;
    private final Function<ProcessorContext<String, Object>, DecisionParts> assembly;
    private final Deque<Journal.Open> toResume = new ArrayDeque<>();
    private DecisionParts parts;
    private Decision decision;
    private Calls calls;
    private long punctuations;
    /** As the gauges have them. */
    private LeaseCount leases = LeaseCount.NONE;

    @SuppressWarnings("NullAway.Init") // Kafka calls init before anything else.
    DecisionNode(
            DecisionSettings settings,
            AuctionSettings auctionSettings,
            Function<ProcessorContext<String, Object>, DecisionParts> assembly) {
        this.settings = settings;
        this.auctionSettings = auctionSettings;
        this.assembly = assembly;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        parts = assembly.apply(context);
        calls = new Calls();
        Auctions auctions = new Auctions(auctionSettings, parts.rooms(), calls);
        decision = new Decision(settings, parts.rooms(), parts.serving(), calls, auctions);
        toResume.clear();
        toResume.addAll(parts.rooms().journal().reopen());
        context.schedule(DRAIN_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> punctuate());
    }

    @Override
    public void process(Record<String, Arrival> record) {
        resumeSome();
        switch (record.value()) {
            case Arrival.Asked asked -> {
                decision.begin(asked, record);
                waitIfBlocking();
            }
            case Arrival.TurnedAway away -> decision.turnedAway(away, record);
            case Arrival.Happened happened ->
                parts.confirmations()
                        .happened(
                                happened.event(),
                                record.timestamp(),
                                TraceHeaders.of(TraceHeaders.read(record.headers())))
                        .ifPresent(decision::granted);
            case Arrival.Granted granted -> {
                if (parts.rooms()
                        .budgets()
                        .granted(granted.grant(), parts.rooms().clock().instant())) {
                    decision.granted(granted.grant().getCampaign());
                }
            }
        }
        drain();
    }

    @Override
    public void close() {
        decision.abandon();
        gauge(LeaseCount.NONE);
    }

    private void punctuate() {
        resumeSome();
        drain();
        decision.takeNextSteps();
        punctuations++;
        if (punctuations % OVERDUE_EVERY == 0) {
            decision.endOverdue();
        }
        if (punctuations % TICK_EVERY == 0) {
            parts.tick(parts.rooms().clock().instant());
        }
        if (punctuations % SWEEP_EVERY == 0) {
            parts.sweep(parts.rooms().clock().instant());
            gauge(parts.rooms().budgets().count());
        }
    }

    private void gauge(LeaseCount now) {
        parts.rooms().meters().leases(now, leases);
        leases = now;
    }

    private void drain() {
        for (int i = 0; i < DRAIN_MOST; i++) {
            Completion completion = calls.poll();
            if (completion == null) {
                return;
            }
            switch (completion) {
                case Completion.Resolved resolved -> decision.resolved(resolved);
                case Completion.Bid bid -> decision.bid(bid);
                case Completion.Unwrapped unwrapped -> decision.unwrapped(unwrapped);
            }
        }
    }

    /** What the journal held is taken up outside of init, where nothing may be forwarded yet. */
    private void resumeSome() {
        for (int i = 0; i < DRAIN_MOST && !toResume.isEmpty(); i++) {
            Journal.Open open = toResume.remove();
            if (!parts.reopening().resume(open, decision)) {
                toResume.add(open); // Its schema is not known yet.
                return;
            }
        }
    }

    private void waitIfBlocking() {
        while (settings.calls() == DecisionSettings.Calls.BLOCKING && decision.hasOpen()) {
            LockSupport.parkNanos(BLOCKED_PARK_NANOS);
            drain();
            decision.takeNextSteps();
            decision.endOverdue();
        }
    }
}

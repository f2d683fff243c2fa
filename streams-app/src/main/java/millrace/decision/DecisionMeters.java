package millrace.decision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import millrace.caps.CapVerdict;
import millrace.catalog.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.NoFillReason;
import millrace.upstream.BidAnswer;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.openrtb.auction.LossReason;

/** What the decision counts. Shared by the partitions of a process; safe for any thread. */
public final class DecisionMeters {
    private final Counter begun;
    private final Counter duplicates;
    private final Counter reopened;
    private final Counter filled;
    private final Counter house;
    private final Map<CapScope, Counter> capRefusals = new EnumMap<>(CapScope.class);
    private final Counter capsUncountable;
    private final Counter grantWaits;
    private final Counter leaseEmpty;
    private final Counter uncounted;
    private final Timer took;
    private final AtomicLong inFlight;
    private final Map<NoFillReason, Counter> empty = new EnumMap<>(NoFillReason.class);
    private final Counter upstreamFilled;
    private final Counter upstreamNoAd;
    private final Counter upstreamTimedOut;
    private final Counter upstreamFailed;
    private final MeterRegistry registry;
    /** Of each bidder that was ever asked: as many as the catalog has had. */
    private final ConcurrentMap<String, Map<BidAnswer.Kind, Counter>> bidders = new ConcurrentHashMap<>();

    private final Map<LossReason, Counter> bids = new EnumMap<>(LossReason.class);
    private final Map<EventOutcome, Counter> events = new EnumMap<>(EventOutcome.class);

    /** What came of an ad event. */
    public enum EventOutcome {
        BILLED,
        FREE,
        LATE,
        REPEATED,
        UNKNOWN,
        FORGED,
        MISPLACED,
        PREMATURE,
        SETTLED,
        RELEASED,
        TOO_LATE,
        TOO_EARLY,
        IGNORED
    }

    public DecisionMeters(MeterRegistry registry) {
        this.registry = registry;
        begun = Counter.builder("millrace.decision.requests")
                .description("requests begun")
                .register(registry);
        duplicates = Counter.builder("millrace.decision.duplicates")
                .description("requests with an id that was seen lately")
                .register(registry);
        reopened = Counter.builder("millrace.decision.reopened")
                .description("requests taken up again from the journal")
                .register(registry);
        filled = Counter.builder("millrace.decision.slots")
                .tag("outcome", "filled")
                .register(registry);
        house = Counter.builder("millrace.decision.slots")
                .tag("outcome", "house")
                .register(registry);
        for (CapScope scope : CapScope.values()) {
            capRefusals.put(scope, capRefusals(registry, scope.name().toLowerCase(Locale.ROOT)));
        }
        capsUncountable = capRefusals(registry, "uncountable");
        grantWaits = Counter.builder("millrace.budget.waits")
                .description("decisions that waited for a grant")
                .register(registry);
        leaseEmpty = Counter.builder("millrace.budget.lease.empty")
                .description("refusals because no grant came in time to an empty lease; the next candidate was tried")
                .register(registry);
        uncounted = Counter.builder("millrace.caps.uncounted")
                .description("late impressions that a full slot of time of their user could not hold")
                .register(registry);
        upstreamFilled = upstreamAnswers(registry, "filled");
        upstreamNoAd = upstreamAnswers(registry, "no_ad");
        upstreamTimedOut = upstreamAnswers(registry, "timed_out");
        upstreamFailed = upstreamAnswers(registry, "failed");
        took = Timer.builder("millrace.decision.time")
                .description("from reading a request to its answer")
                .publishPercentileHistogram()
                .register(registry);
        inFlight = registry.gauge("millrace.decision.inflight", new AtomicLong());
        for (NoFillReason reason : NoFillReason.values()) {
            empty.put(
                    reason,
                    Counter.builder("millrace.decision.slots")
                            .tag("outcome", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (LossReason reason : LossReason.values()) {
            bids.put(
                    reason,
                    Counter.builder("millrace.bids")
                            .description("bids, by why they lost; won is none")
                            .tag("outcome", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (EventOutcome outcome : EventOutcome.values()) {
            events.put(
                    outcome,
                    Counter.builder("millrace.impression.events")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void begun() {
        begun.increment();
    }

    void duplicate() {
        duplicates.increment();
    }

    void reopened() {
        reopened.increment();
    }

    void served() {
        filled.increment();
    }

    /** A late impression found its user's slot of time full. */
    void uncounted() {
        uncounted.increment();
    }

    void house() {
        house.increment();
    }

    void empty(NoFillReason reason) {
        Objects.requireNonNull(empty.get(reason)).increment();
    }

    /** A cap was asked, before the upstreams or after their answer. */
    void capVerdict(CapVerdict verdict) {
        switch (verdict) {
            case CapVerdict.Allowed allowed -> {}
            case CapVerdict.Refused(CapRule rule, int count) ->
                Objects.requireNonNull(capRefusals.get(rule.scope())).increment();
            case CapVerdict.BeyondRetention beyond -> capsUncountable.increment();
            case CapVerdict.UserFull full -> capsUncountable.increment();
        }
    }

    /** An upstream has answered, or has not in time. */
    void resolved(Resolution resolution) {
        switch (resolution) {
            case Resolution.Filled filled -> upstreamFilled.increment();
            case Resolution.NoAd noAd -> upstreamNoAd.increment();
            case Resolution.Failed failed
            when failed.failure() instanceof UpstreamFailure.TimedOut -> upstreamTimedOut.increment();
            case Resolution.Failed failed -> upstreamFailed.increment();
        }
    }

    /** A bidder has answered, or has not in time. */
    void bidder(String id, BidAnswer.Kind kind) {
        Objects.requireNonNull(bidders.computeIfAbsent(id, this::answersOf).get(kind))
                .increment();
    }

    private Map<BidAnswer.Kind, Counter> answersOf(String bidder) {
        Map<BidAnswer.Kind, Counter> counters = new EnumMap<>(BidAnswer.Kind.class);
        for (BidAnswer.Kind kind : BidAnswer.Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("millrace.bidders.answers")
                            .description("what came of asking bidders; late ones had not answered by the deadline")
                            .tag("bidder", bidder)
                            .tag("outcome", kind.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    void bid(LossReason reason) {
        Objects.requireNonNull(bids.get(reason)).increment();
    }

    /** The request's time was over before an upstream's. */
    void gaveUp() {
        upstreamTimedOut.increment();
    }

    private static Counter upstreamAnswers(MeterRegistry registry, String outcome) {
        return Counter.builder("millrace.upstream.answers")
                .description("answers of upstreams, by what came of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter capRefusals(MeterRegistry registry, String scope) {
        return Counter.builder("millrace.caps.refusals")
                .description("campaigns and ads that a frequency cap refused, by what the cap counts")
                .tag("scope", scope)
                .register(registry);
    }

    /** A campaign was refused though its ledger may have had money. */
    void leaseEmpty() {
        leaseEmpty.increment();
    }

    void grantWait() {
        grantWaits.increment();
    }

    void answered(long micros) {
        took.record(micros, TimeUnit.MICROSECONDS);
    }

    /** Requests in flight on all partitions of the process. */
    public long inFlight() {
        return inFlight.get();
    }

    void inFlight(int change) {
        inFlight.addAndGet(change);
    }

    public void event(EventOutcome outcome) {
        Objects.requireNonNull(events.get(outcome)).increment();
    }
}

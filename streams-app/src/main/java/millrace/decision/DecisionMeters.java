package millrace.decision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
import java.util.concurrent.atomic.LongAdder;
import millrace.budget.BudgetVerdict;
import millrace.budget.LeaseCount;
import millrace.budget.LedgerMeters;
import millrace.caps.CapVerdict;
import millrace.catalog.CapRule;
import millrace.intake.ReplyTarget;
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
    /** A sum is all that this needs, and is cheaper than a timer for each room. */
    private final LongAdder[] rooms;

    private final Counter sessionsBegun;
    private final Counter sessionsContinued;
    private final Counter candidates;
    private final Counter slotsWithout;
    private final Counter capsAllowed;
    private final Counter reserved;
    private final Counter exhausted;
    private final Counter documents;
    private final Counter answers;
    private final Counter replies;
    private final AtomicLong leasesHolding;
    private final AtomicLong leasesEmpty;
    private final LedgerMeters ledger;
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
        rooms = RoomTimes.words().stream().map(room -> roomTime(registry, room)).toArray(LongAdder[]::new);
        sessionsBegun = sessions(registry, "begun");
        sessionsContinued = sessions(registry, "continued");
        candidates = Counter.builder("millrace.selection.candidates")
                .description("campaigns on the lists of slots")
                .register(registry);
        slotsWithout = Counter.builder("millrace.selection.slots.without")
                .description("slots for which no campaign was a candidate")
                .register(registry);
        capsAllowed = Counter.builder("millrace.caps.allowed")
                .description("campaigns and ads that no frequency cap refused")
                .register(registry);
        reserved = reservations(registry, "reserved");
        exhausted = reservations(registry, "exhausted");
        documents = Counter.builder("millrace.upstream.documents")
                .description("tags, wrappers and bidders asked, over all requests")
                .register(registry);
        answers = answers(registry, "ad_responses");
        replies = answers(registry, "reply_topic");
        leasesHolding = leases(registry, "holding");
        leasesEmpty = leases(registry, "empty");
        ledger = new LedgerMeters(registry);
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
            case CapVerdict.Allowed allowed -> capsAllowed.increment();
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

    /** A request has its answer. */
    void answered(long micros, InFlight flight) {
        took.record(micros, TimeUnit.MICROSECONDS);
        flight.times.addTo(rooms);
        documents.increment(flight.fanout.taken());
        sent(flight.asked.reply());
    }

    /** An answer goes out. */
    void sent(ReplyTarget reply) {
        switch (reply) {
            case ReplyTarget.Target asked -> replies.increment();
            case ReplyTarget.None none -> answers.increment();
            case ReplyTarget.Refused refused -> answers.increment();
        }
    }

    void session(boolean isNew) {
        (isNew ? sessionsBegun : sessionsContinued).increment();
    }

    void shortlisted(int campaigns) {
        if (campaigns == 0) {
            slotsWithout.increment();
        } else {
            candidates.increment(campaigns);
        }
    }

    /** Money was asked of a lease. Who waits is counted by {@link #grantWait}, what is free by nobody. */
    void money(BudgetVerdict verdict) {
        switch (verdict) {
            case BudgetVerdict.Reserved taken -> reserved.increment();
            case BudgetVerdict.Exhausted ended -> exhausted.increment();
            case BudgetVerdict.Waiting waiting -> {}
        }
    }

    /** What a partition's leases are now, and what they were when they were last counted. */
    void leases(LeaseCount now, LeaseCount before) {
        leasesHolding.addAndGet(now.holding() - before.holding());
        leasesEmpty.addAndGet(now.empty() - before.empty());
    }

    /** Of the ledger, which is on the same process. */
    public LedgerMeters ledger() {
        return ledger;
    }

    private static AtomicLong leases(MeterRegistry registry, String state) {
        AtomicLong leases = new AtomicLong();
        Gauge.builder("millrace.budget.leases", leases, AtomicLong::doubleValue)
                .description(
                        "leases that this process uses, one for each campaign and partition, by whether money is in them")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
        return leases;
    }

    private static LongAdder roomTime(MeterRegistry registry, String room) {
        LongAdder nanos = new LongAdder();
        FunctionCounter.builder("millrace.room.time", nanos, sum -> sum.sum() / 1e9)
                .description(
                        "time that answered requests spent in a room, all together; upstream is the wait for others")
                .baseUnit("seconds")
                .tag("room", room)
                .register(registry);
        return nanos;
    }

    private static Counter sessions(MeterRegistry registry, String outcome) {
        return Counter.builder("millrace.session.requests")
                .description("requests by whether they began a session")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter reservations(MeterRegistry registry, String verdict) {
        return Counter.builder("millrace.budget.reservations")
                .description("ads whose cost a lease could pay, and those whose campaign has no money left")
                .tag("verdict", verdict)
                .register(registry);
    }

    private static Counter answers(MeterRegistry registry, String to) {
        return Counter.builder("millrace.delivery.answers")
                .description("answers by where they went")
                .tag("to", to)
                .register(registry);
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

package millrace.budget;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.money.Money;
import millrace.schemas.BudgetGrant;
import millrace.schemas.GrantVerdict;

/**
 * A lease in memory, with what is known only while the process lives: the demand, the decisions that wait, and when
 * something last happened. Losing it costs an ask, never money.
 */
final class LiveLease {
    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final int PAST_LEDGERS = 16;

    private final BudgetSettings settings;
    private final Demand demand = new Demand();
    private Lease lease;
    private long unitNanos;
    private long seenAt;
    private long usedAt;
    private long askedAt = NEVER;
    private long reportedAt = NEVER;
    private long waitingNanos;
    private long waitingUntil = NEVER;
    private long ledger;
    private final Deque<Long> pastLedgers = new ArrayDeque<>();

    LiveLease(Lease lease, BudgetSettings settings, Instant now) {
        this.lease = lease;
        this.settings = settings;
        this.seenAt = now.toEpochMilli();
        this.usedAt = seenAt;
    }

    Lease lease() {
        return lease;
    }

    void become(Lease next) {
        lease = next;
    }

    void seen(Instant now) {
        seenAt = now.toEpochMilli();
    }

    void used(Instant now) {
        usedAt = now.toEpochMilli();
    }

    void demanded(Money price, Instant now) {
        used(now);
        unitNanos = price.nanos();
        demand.add(price.nanos(), now.toEpochMilli());
    }

    void await(Money cost, Instant deadline) {
        waitingNanos = Demand.saturatedSum(waitingNanos, cost.nanos());
        waitingUntil = Math.max(waitingUntil, deadline.toEpochMilli());
    }

    boolean hasWaiters() {
        return waitingNanos > 0;
    }

    /** Whoever waits will try again, and wait anew if need be. */
    boolean wake() {
        boolean waited = hasWaiters();
        waitingNanos = 0;
        waitingUntil = NEVER;
        return waited;
    }

    /** Forgets decisions whose deadline is over. */
    void lapse(Instant now) {
        if (hasWaiters() && now.toEpochMilli() > waitingUntil) {
            wake();
        }
    }

    /** The life of the ledger that was heard last; 0 when none says which it is. */
    long ledger() {
        return ledger;
    }

    /** Whether another life of the ledger was heard since: an instance that was thought dead still speaks. */
    boolean isPast(long life) {
        return pastLedgers.contains(life);
    }

    void follow(long life) {
        if (ledger != 0) {
            pastLedgers.addLast(ledger);
        }
        if (pastLedgers.size() > PAST_LEDGERS) {
            pastLedgers.removeFirst();
        }
        ledger = life;
    }

    /** Whether asking now would tell the ledger something: more than before, or the same after a while. */
    boolean worthAsking(Instant now) {
        long want = wantedNanos(now) - lease.grantedNanos();
        long need = neededNanos() - lease.grantedNanos();
        if (want <= 0 && need <= 0) {
            return false;
        }
        return now.toEpochMilli() - askedAt >= settings.reask().toMillis()
                || doubled(want, lease.said().wantedNanos())
                || doubled(need, lease.said().neededNanos());
    }

    /** Asks grow by doubling, so that a burst of n decisions is log n asks. */
    private boolean doubled(long more, long saidTotal) {
        return more > 0 && more / 2 >= Math.max(0, saidTotal - lease.grantedNanos());
    }

    /** The total that would carry the demand for a while, or what is granted when that is enough. */
    long wantedNanos(Instant now) {
        long ahead = aheadNanos(now);
        boolean low = hasWaiters() || lease.availableNanos() < ahead / 2;
        long target = Math.max(low ? ahead : 0, waitingNanos);
        return Math.max(lease.grantedNanos(), Demand.saturatedSum(lease.takenNanos(), target));
    }

    /** The total that would serve the decisions that wait; 0 when none does. */
    long neededNanos() {
        return hasWaiters() ? Demand.saturatedSum(lease.takenNanos(), waitingNanos) : 0;
    }

    /** Nothing is held ahead once the ledger has nothing left to give: others may need it now. */
    private long aheadNanos(Instant now) {
        long perSecond = demand.perSecondNanos(now.toEpochMilli());
        if (perSecond == 0 || !hasMoreToCome()) {
            return 0;
        }
        return Math.max(
                unitNanos, Demand.saturatedShare(perSecond, settings.ahead().toMillis()));
    }

    /** The ledger still grants: now, or when more falls due. */
    private boolean hasMoreToCome() {
        return switch (lease.heard().verdict()) {
            case GRANTED, PACED -> true;
            case LEASED_OUT, EXHAUSTED, REFUSED -> false;
        };
    }

    /** Idle, or wanted elsewhere. What is left while decisions wait is too little for them, so it may go too. */
    boolean givesBack(Instant now) {
        boolean idle =
                !hasWaiters() && now.toEpochMilli() - usedAt >= settings.idle().toMillis();
        return lease.availableNanos() > 0 && (!hasMoreToCome() || idle);
    }

    /** Others may wait for it, or the campaign is closed: what is free here goes back at once, not at the next report. */
    boolean recalled() {
        return switch (lease.heard().verdict()) {
            case LEASED_OUT, REFUSED -> true;
            case GRANTED, PACED, EXHAUSTED -> false;
        };
    }

    boolean reportDue(Instant now) {
        boolean withdrawn = (!hasWaiters() && lease.said().neededNanos() > lease.grantedNanos())
                || (lease.said().wantedNanos() > lease.grantedNanos() && wantedNanos(now) == lease.grantedNanos());
        return (lease.unreported() || withdrawn)
                && now.toEpochMilli() - reportedAt >= settings.report().toMillis();
    }

    /** The lease with the report that is being sent written down in it. */
    Lease reported(Instant now) {
        Lease.Said said = new Lease.Said(lease.said().sequence() + 1, wantedNanos(now), neededNanos());
        reportedAt = now.toEpochMilli();
        if (said.wantedNanos() > lease.grantedNanos() || said.neededNanos() > lease.grantedNanos()) {
            askedAt = reportedAt;
        }
        return lease.said(said);
    }

    /** Whether a grant answers this lease. */
    boolean asked(int partition, BudgetGrant grant) {
        return grant.getPartition() == partition
                && lease.said().sequence() > 0
                && lease.currency().equals(grant.getCurrency());
    }

    boolean serves(Campaign campaign, Money cost) {
        return lease.holds(cost) && lease.currency().equals(campaign.currency());
    }

    /** Why there is no more to hope for, until the ledger says otherwise. */
    Optional<GrantVerdict> end(Campaign campaign) {
        if (!lease.currency().equals(campaign.currency())) {
            return Optional.of(GrantVerdict.REFUSED);
        }
        return lease.isEnded() ? Optional.of(lease.heard().verdict()) : Optional.empty();
    }

    /** Whether an ask could bring anything: not once the ledger called an end. */
    boolean mayAsk(Campaign campaign) {
        return end(campaign).map(verdict -> verdict == GrantVerdict.PACED).orElse(true);
    }

    /** Holds nothing and owes the ledger no word. */
    boolean settled() {
        return lease.availableNanos() == 0
                && !lease.unreported()
                && Math.max(lease.said().wantedNanos(), lease.said().neededNanos()) <= lease.grantedNanos();
    }

    /** Whether the store alone may remember it: settled, and nobody has looked for a while. */
    boolean forgettable(Instant now) {
        return settled()
                && !hasWaiters()
                && now.toEpochMilli() - seenAt > 2 * settings.idle().toMillis();
    }
}

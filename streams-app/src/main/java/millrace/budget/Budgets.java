package millrace.budget;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.GrantVerdict;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The budgets of all campaigns as one partition sees them: it takes the cost of ads from its own leases and asks the
 * {@link Ledger} for more. Entrance of the room; one instance a task, on its stream thread only.
 *
 * <p>Store {@value #STORE}: key campaign and budget day ({@link LeaseKey}), value {@link Lease}, written by this class
 * alone; kept for ever, those of a day until some days after it is settled. After a restore every lease that holds money
 * or owes a report is looked at again by {@link #tick}.
 *
 * <p>Safe to repeat: reports carry running totals and a number, grants are applied by total and number. Reserving,
 * spending and releasing are not; the journal and the reservations see to it that each happens once.
 *
 * <p>A campaign without a budget is never refused; its lease grants itself, so that its spend is counted too. An ad
 * that costs nothing touches no lease. With a daily budget each day has a lease of its own: an ad is settled on the day
 * that paid for it, and what the old day's lease still holds goes back to that day.
 */
public final class Budgets {
    public static final String STORE = "leases";

    private final Leases leases;
    private final BudgetSettings settings;
    private final int partition;
    private final Consumer<BudgetRequest> reports;

    /**
     * @param reports sends to budget-requests, with the campaign as key
     * @param now when this task began; a restored lease counts as used then
     */
    public Budgets(
            KeyValueStore<String, Lease> store,
            int partition,
            BudgetSettings settings,
            Consumer<BudgetRequest> reports,
            Instant now) {
        this.leases = new Leases(store, settings, now);
        this.settings = settings;
        this.partition = partition;
        this.reports = reports;
    }

    /** Cached, so that the many changes of a busy lease are one changelog record a commit. */
    public static StoreBuilder<KeyValueStore<String, Lease>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), LeaseSerde.serde())
                .withCachingEnabled();
    }

    /** Before the calls: hopeless is only what the ledger called so, and not while this lease still holds the price. */
    public BudgetOutlook outlook(Campaign campaign, Instant now) {
        Money price = campaign.price().perImpression();
        if (!price.isPositive() || campaign.budget().isUnlimited()) {
            return BudgetOutlook.OPEN;
        }
        LiveLease lease = leases.of(campaign, now);
        Optional<GrantVerdict> end = lease.end(campaign);
        if (end.isEmpty() || lease.serves(campaign, price)) {
            return BudgetOutlook.OPEN;
        }
        if (lease.mayAsk(campaign)) {
            // Nobody will be called for it, but the ledger shares what falls due among those who want some.
            lease.demanded(price, now);
            askAhead(LeaseKey.of(campaign, now), lease, now);
        }
        return new BudgetOutlook.Exhausted(end.get());
    }

    /** Goes over all leases in use; for gauges. */
    public LeaseCount count() {
        return leases.count();
    }

    /** At dispatch: counts the demand, and asks ahead while the calls run. */
    public void foresee(Campaign campaign, Instant now) {
        Money price = campaign.price().perImpression();
        if (!price.isPositive() || campaign.budget().isUnlimited()) {
            return;
        }
        foresee(campaign, price, now, now);
        if (campaign.budget().daily().isPresent()) {
            Instant soon = now.plus(settings.dayAhead());
            if (!campaign.budget().day(soon).equals(campaign.budget().day(now))) {
                foresee(campaign, price, soon, now);
            }
        }
    }

    /** Around midnight also for the day that begins, so that its first ads need not wait. */
    private void foresee(Campaign campaign, Money price, Instant then, Instant now) {
        LiveLease lease = leases.of(campaign, then);
        lease.demanded(price, now);
        if (lease.mayAsk(campaign)) {
            askAhead(LeaseKey.of(campaign, then), lease, now);
        }
    }

    private void askAhead(LeaseKey key, LiveLease lease, Instant now) {
        if (lease.worthAsking(now)) {
            report(key, lease, now);
        }
    }

    /**
     * Takes an ad's cost, after every other check.
     *
     * @param deadline until when the decision would wait; so long the ledger is told that somebody does
     */
    public BudgetVerdict reserve(Campaign campaign, Money cost, Instant now, Instant deadline) {
        if (cost.nanos() < 0) {
            throw new IllegalArgumentException("cost is " + cost.nanos() + " nanos; it must be 0 or more");
        }
        if (!cost.isPositive()) {
            return BudgetVerdict.FREE;
        }
        LiveLease lease = leases.of(campaign, now);
        LeaseKey key = LeaseKey.of(campaign, now);
        if (campaign.budget().isUnlimited()) {
            lease.become(lease.lease().selfGranted(cost));
        }
        if (lease.serves(campaign, cost)) {
            lease.used(now);
            leases.write(key, lease, lease.lease().reserve(cost));
            return new BudgetVerdict.Reserved(key.day());
        }
        Optional<GrantVerdict> end = lease.end(campaign);
        return end.isPresent() ? new BudgetVerdict.Exhausted(end.get()) : waitFor(key, lease, cost, now, deadline);
    }

    private BudgetVerdict waitFor(LeaseKey key, LiveLease lease, Money cost, Instant now, Instant deadline) {
        lease.await(cost, deadline);
        askAhead(key, lease, now);
        return BudgetVerdict.WAITING;
    }

    /**
     * The impression of a reserved ad came.
     *
     * @param unlimited whether the campaign has no budget now, so that its lease grants itself what it lacks
     * @param day as {@link BudgetVerdict.Reserved} said it
     * @return false when there is no money for it, and nothing was spent. Only under {@code at_least_once}, where a crash may keep a
     *     reservation and lose what its lease knew of it
     */
    public boolean spend(String campaign, boolean unlimited, BudgetDay day, Money cost, Instant now) {
        if (!cost.isPositive()) {
            return true;
        }
        LeaseKey key = new LeaseKey(campaign, day);
        Optional<LiveLease> found = leases.known(key, now);
        if (found.isEmpty()) {
            return false;
        }
        Lease known = found.get().lease();
        Lease paying = unlimited && !known.covers(cost) ? known.selfGranted(cost) : known;
        if (!paying.covers(cost)) {
            return false;
        }
        leases.write(key, found.get(), paying.spend(cost));
        return true;
    }

    /**
     * The impression of a reserved ad did not come in time.
     *
     * @param day as {@link BudgetVerdict.Reserved} said it
     * @return whether decisions that wait for this campaign should try again
     */
    public boolean release(String campaign, BudgetDay day, Money cost, Instant now) {
        LeaseKey key = new LeaseKey(campaign, day);
        Optional<LiveLease> found = leases.known(key, now);
        if (found.isEmpty()) {
            return false;
        }
        LiveLease lease = found.get();
        leases.write(key, lease, lease.lease().release(cost));
        return lease.lease().availableNanos() > 0 && lease.wake();
    }

    /**
     * The ledger's answer. One for another partition, or for a campaign that this one never asked for, belongs to a
     * memory that is gone and is ignored.
     *
     * @return whether decisions that wait for this campaign should try again
     */
    public boolean granted(BudgetGrant grant, Instant now) {
        LeaseKey key = new LeaseKey(grant.getCampaign(), new BudgetDay(grant.getBudgetDay()));
        Optional<LiveLease> found = leases.known(key, now).filter(lease -> lease.asked(partition, grant));
        if (found.isEmpty()) {
            haveNothing(grant, now);
            return false;
        }
        LiveLease lease = found.get();
        if (lease.isPast(grant.getLedger())) {
            return false;
        }
        boolean anew = lease.ledger() != grant.getLedger();
        Lease before = lease.lease();
        Lease after = anew
                ? before.heardAnew(grant.getSequence(), grant.getGrantedNanos(), grant.getVerdict())
                : before.heard(grant.getSequence(), grant.getGrantedNanos(), grant.getVerdict());
        if (anew) {
            lease.follow(grant.getLedger());
            leases.write(key, lease, after);
            report(key, lease, now);
        } else if (after.equals(before)) {
            return false;
        } else {
            leases.write(key, lease, after);
        }
        boolean ended = after.isEnded() && !before.isEnded();
        boolean woken = (after.grantedNanos() > before.grantedNanos() || ended) && lease.wake();
        if (woken) {
            return true;
        }
        if (lease.recalled() && (after.unreported() || after.availableNanos() > 0)) {
            giveBack(key, lease);
            report(key, lease, now);
        }
        return false;
    }

    /** A ledger that calls its leases waits for each, also for one that is not here any more. */
    private void haveNothing(BudgetGrant grant, Instant now) {
        if (grant.getLedger() != 0 && grant.getPartition() == partition) {
            reports.accept(BudgetRequest.newBuilder()
                    .setCampaign(grant.getCampaign())
                    .setPartition(partition)
                    .setSequence(1)
                    .setCurrency(grant.getCurrency())
                    .setGrantedNanos(0)
                    .setWantedNanos(0)
                    .setSpentNanos(0)
                    .setReturnedNanos(0)
                    .setReservedNanos(0)
                    .setBudgetDay(grant.getBudgetDay())
                    .setLedger(grant.getLedger())
                    .setAt(now.toEpochMilli())
                    .build());
        }
    }

    /** Sends what is due and gives back what lies idle; call it every 20 to 100 ms. Looks only at leases in use. */
    public void tick(Instant now) {
        Iterator<Map.Entry<LeaseKey, LiveLease>> all = leases.inUse();
        while (all.hasNext()) {
            Map.Entry<LeaseKey, LiveLease> entry = all.next();
            LiveLease lease = entry.getValue();
            lease.lapse(now);
            boolean back = lease.givesBack(now);
            if (back) {
                giveBack(entry.getKey(), lease);
            }
            if (lease.reportDue(now) || (back && lease.recalled())) {
                report(entry.getKey(), lease, now);
            }
            if (lease.forgettable(now)) {
                all.remove();
            }
        }
    }

    private void giveBack(LeaseKey key, LiveLease lease) {
        leases.write(key, lease, lease.lease().giveBack());
    }

    private void report(LeaseKey key, LiveLease lease, Instant now) {
        Lease reported = lease.reported(now);
        leases.write(key, lease, reported);
        reports.accept(BudgetRequest.newBuilder()
                .setCampaign(key.campaign())
                .setPartition(partition)
                .setSequence(reported.said().sequence())
                .setCurrency(reported.currency())
                .setGrantedNanos(reported.grantedNanos())
                .setWantedNanos(reported.said().wantedNanos())
                .setNeededNanos(reported.said().neededNanos())
                .setSpentNanos(reported.spentNanos())
                .setReturnedNanos(reported.returnedNanos())
                .setReservedNanos(reported.reservedNanos())
                .setBudgetDay(key.day().number())
                .setExpiredNanos(reported.expiredNanos())
                .setLedger(lease.ledger())
                .setAt(now.toEpochMilli())
                .build());
    }
}

package millrace.devkit.referee;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;

/**
 * At no moment is more of a budget spent and reserved than there is. After a cut below what is out already, the most that may be is what
 * was out by the ledger's own records when the cut had its effect; what that is above the new budget is reported apart.
 */
final class BudgetJudge {

    /** What a campaign did with its budget, in nanos. */
    record Account(String campaign, long budget, long spent, long reserved, long overspend, long excessOfCuts) {}

    private final Evidence evidence;
    private final Terms terms;
    private final List<Exposed> exposed;

    BudgetJudge(Evidence evidence, Terms terms, List<Exposed> exposed) {
        this.evidence = evidence;
        this.terms = terms;
        this.exposed = exposed;
    }

    /** One a campaign that has a budget, in the order in which they were told. */
    List<Account> accounts() {
        return terms.campaigns().stream()
                .map(Told::record)
                .filter(campaign -> campaign.getBudgetNanos() != null)
                .map(Campaign::getId)
                .distinct()
                .map(this::account)
                .toList();
    }

    private Account account(String campaign) {
        List<Told<Campaign>> told = terms.campaigns().stream()
                .filter(each -> each.record().getId().equals(campaign))
                .toList();
        List<Exposed> ads = exposed.stream()
                .filter(each -> campaign.equals(each.ad().getCampaign()))
                .toList();
        long overspend = 0;
        long excessOfCuts = 0;
        long[] outs = outs(ads);
        for (int i = 0; i < ads.size(); i++) {
            long at = ads.get(i).at();
            long out = outs[i];
            overspend = Math.max(overspend, out - allowedAt(told, at));
            excessOfCuts = Math.max(excessOfCuts, out - newestAt(told, at));
        }
        long spent = ads.stream()
                .filter(Exposed::billed)
                .mapToLong(each -> each.ad().getCostNanos())
                .sum();
        long reserved = ads.isEmpty() ? 0 : outs[outs.length - 1] - spent;
        long budget = told.getLast().record().getBudgetNanos();
        // What no served ad explains was spent all the same.
        overspend = Math.max(overspend, spent - allowedAt(told, Long.MAX_VALUE));
        return new Account(
                campaign, budget, spent, reserved, Math.max(0, overspend), Math.max(0, excessOfCuts - overspend));
    }

    /** Spent, then or later, and reserved, when each ad was served, itself included. */
    private long[] outs(List<Exposed> ads) {
        PriorityQueue<Exposed> waiting =
                new PriorityQueue<>(Comparator.comparingLong(each -> each.ad().getExpiresAt()));
        long[] outs = new long[ads.size()];
        long out = 0;
        for (int i = 0; i < outs.length; i++) {
            long at = ads.get(i).at();
            while (!waiting.isEmpty() && !waiting.peek().countsAt(at, terms.skew())) {
                out -= waiting.remove().ad().getCostNanos();
            }
            out += ads.get(i).ad().getCostNanos();
            if (!ads.get(i).billed()) {
                waiting.add(ads.get(i));
            }
            outs[i] = out;
        }
        return outs;
    }

    /** The budget by the newest record that every instance must have seen, or seen since: the larger where both may hold. */
    private long newestAt(List<Told<Campaign>> told, long at) {
        long budget = 0;
        for (Told<Campaign> each : told) {
            long known = each.at().minus(terms.skew()).toEpochMilli();
            long held = each.at().plus(terms.effect()).plus(terms.skew()).toEpochMilli();
            if (known <= at) {
                long its = Objects.requireNonNull(each.record().getBudgetNanos());
                budget = held <= at ? its : Math.max(budget, its);
            }
        }
        return budget;
    }

    private long allowedAt(List<Told<Campaign>> told, long at) {
        long allowed = newestAt(told, at);
        for (int i = 1; i < told.size(); i++) {
            long held = told.get(i)
                    .at()
                    .plus(terms.effect())
                    .plus(terms.skew())
                    .toEpochMilli();
            boolean isCut = budget(told, i) < budget(told, i - 1);
            if (isCut && held <= at && noneAbove(told, i, at)) {
                allowed = Math.max(allowed, Math.min(budget(told, i - 1), leasedAt(told.get(i).record(), held)));
            }
        }
        return allowed;
    }

    /** Once the budget was raised to where it was again, there is no excuse left. */
    private static boolean noneAbove(List<Told<Campaign>> told, int cut, long at) {
        for (int i = cut + 1; i < told.size(); i++) {
            if (told.get(i).at().toEpochMilli() <= at && budget(told, i) >= budget(told, cut - 1)) {
                return false;
            }
        }
        return true;
    }

    private static long budget(List<Told<Campaign>> told, int index) {
        return Objects.requireNonNull(told.get(index).record().getBudgetNanos());
    }

    /** Granted to all partitions, less what they had given back by then. */
    private long leasedAt(Campaign campaign, long at) {
        Map<Integer, Long> granted = new HashMap<>();
        Map<Integer, Long> returned = new HashMap<>();
        for (BudgetGrant grant : evidence.grants()) {
            if (grant.getCampaign().equals(campaign.getId()) && grant.getAt() <= at) {
                granted.merge(grant.getPartition(), grant.getGrantedNanos(), Math::max);
            }
        }
        for (BudgetRequest report : evidence.reports()) {
            if (report.getCampaign().equals(campaign.getId()) && report.getAt() <= at) {
                returned.merge(report.getPartition(), report.getReturnedNanos(), Math::max);
            }
        }
        long out = granted.values().stream().mapToLong(Long::longValue).sum();
        return out - returned.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Campaigns by id that served ads when their newest record said paused, with how many. */
    Map<String, Integer> servedWhilePaused() {
        Map<String, Integer> served = new HashMap<>();
        for (Exposed each : exposed) {
            if (each.ad().getCampaign() != null && isPausedAt(each.ad().getCampaign(), each.at())) {
                served.merge(each.ad().getCampaign(), 1, Integer::sum);
            }
        }
        return served;
    }

    private boolean isPausedAt(String campaign, long at) {
        boolean paused = false;
        for (Told<Campaign> each : terms.campaigns()) {
            if (each.record().getId().equals(campaign)) {
                boolean pauses = each.record().getStatus() == CampaignStatus.PAUSED;
                long from = (pauses
                                ? each.at().plus(terms.effect()).plus(terms.skew())
                                : each.at().minus(terms.skew()))
                        .toEpochMilli();
                paused = from <= at ? pauses : paused;
            }
        }
        return paused;
    }
}

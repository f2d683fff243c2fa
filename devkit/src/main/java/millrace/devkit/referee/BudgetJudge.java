package millrace.devkit.referee;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
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

    /** One for each total budget, and one for each day of a daily budget that ads were served on. */
    List<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        for (String campaign : campaigns()) {
            List<Told<Campaign>> told = terms.campaigns().stream()
                    .filter(each -> each.record().getId().equals(campaign))
                    .toList();
            List<Exposed> ads = exposed.stream()
                    .filter(each -> campaign.equals(each.ad().getCampaign()))
                    .toList();
            if (told.getLast().record().getBudgetNanos() != null) {
                accounts.add(account(campaign, new Limit(told, Campaign::getBudgetNanos), ads));
            }
            if (told.getLast().record().getDailyBudgetNanos() != null) {
                accounts.addAll(days(campaign, new Limit(told, Campaign::getDailyBudgetNanos), ads));
            }
        }
        return accounts;
    }

    private List<String> campaigns() {
        return terms.campaigns().stream()
                .map(each -> each.record().getId())
                .distinct()
                .toList();
    }

    private List<Account> days(String campaign, Limit limit, List<Exposed> ads) {
        Map<Integer, List<Exposed>> byDay = new TreeMap<>();
        ads.forEach(each -> byDay.computeIfAbsent(each.ad().getBudgetDay(), day -> new ArrayList<>())
                .add(each));
        return byDay.entrySet().stream()
                .map(day -> account(campaign + " " + LocalDate.ofEpochDay(day.getKey()), limit, day.getValue()))
                .toList();
    }

    private Account account(String name, Limit limit, List<Exposed> ads) {
        long overspend = 0;
        long excessOfCuts = 0;
        long[] outs = outs(ads);
        for (int i = 0; i < outs.length; i++) {
            long at = ads.get(i).at();
            overspend = Math.max(overspend, outs[i] - limit.allowedAt(at));
            excessOfCuts = Math.max(excessOfCuts, outs[i] - limit.newestAt(at));
        }
        long spent = ads.stream()
                .filter(Exposed::billed)
                .mapToLong(each -> each.ad().getCostNanos())
                .sum();
        long reserved = outs.length == 0 ? 0 : outs[outs.length - 1] - spent;
        return new Account(
                name,
                limit.budget(limit.told.size() - 1),
                spent,
                reserved,
                Math.max(0, overspend),
                Math.max(0, excessOfCuts - overspend));
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

    /** The day that pays for an ad is the one on which it was served, by the zone of its campaign and any clock. */
    List<String> onWrongDays() {
        List<String> wrong = new ArrayList<>();
        for (Told<Campaign> told : terms.campaigns()) {
            Campaign campaign = told.record();
            if (campaign.getDailyBudgetNanos() != null) {
                ZoneId zone = ZoneId.of(campaign.getZone());
                exposed.stream()
                        .filter(each -> campaign.getId().equals(each.ad().getCampaign()))
                        .filter(each -> each.ad().getBudgetDay()
                                        < day(each, zone, terms.skew().negated())
                                || each.ad().getBudgetDay() > day(each, zone, terms.skew()))
                        .forEach(each -> wrong.add(each.ad().getId()));
            }
        }
        return wrong;
    }

    private static long day(Exposed ad, ZoneId zone, Duration off) {
        return Instant.ofEpochMilli(ad.at())
                .plus(off)
                .atZone(zone)
                .toLocalDate()
                .toEpochDay();
    }

    /** What may be out of one budget of a campaign, as its records change it. */
    private final class Limit {
        private final List<Told<Campaign>> told;
        private final Function<Campaign, Long> nanos;

        Limit(List<Told<Campaign>> told, Function<Campaign, Long> nanos) {
            this.told = told;
            this.nanos = nanos;
        }

        long budget(int index) {
            return Objects.requireNonNull(nanos.apply(told.get(index).record()));
        }

        /** From when on every instance must have seen a record. */
        private long held(int index) {
            return told.get(index).at().plus(terms.effect()).plus(terms.skew()).toEpochMilli();
        }

        /** By the newest record that every instance must have seen, or may have seen since: the larger where both may hold. */
        long newestAt(long at) {
            long newest = 0;
            for (int i = 0; i < told.size(); i++) {
                if (told.get(i).at().minus(terms.skew()).toEpochMilli() <= at) {
                    newest = held(i) <= at ? budget(i) : Math.max(newest, budget(i));
                }
            }
            return newest;
        }

        /** As {@link #newestAt}, or after a cut what was out already when it held. */
        long allowedAt(long at) {
            long allowed = newestAt(at);
            for (int i = 1; i < told.size(); i++) {
                if (budget(i) < budget(i - 1) && held(i) <= at && isInForce(i, at)) {
                    long out = leasedAt(told.get(i).record(), held(i));
                    allowed = Math.max(allowed, Math.min(budget(i - 1), out));
                }
            }
            return allowed;
        }

        /** Until the budget is raised to where it was, what was out excuses. */
        private boolean isInForce(int cut, long at) {
            for (int i = cut + 1; i < told.size(); i++) {
                if (told.get(i).at().toEpochMilli() <= at && budget(i) >= budget(cut - 1)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Granted to all partitions for all days, less what they had given back by then. */
    private long leasedAt(Campaign campaign, long at) {
        Map<String, Long> granted = new HashMap<>();
        Map<String, Long> returned = new HashMap<>();
        for (BudgetGrant grant : evidence.grants()) {
            if (grant.getCampaign().equals(campaign.getId()) && grant.getAt() <= at) {
                granted.merge(grant.getPartition() + "/" + grant.getBudgetDay(), grant.getGrantedNanos(), Math::max);
            }
        }
        for (BudgetRequest report : evidence.reports()) {
            if (report.getCampaign().equals(campaign.getId()) && report.getAt() <= at) {
                returned.merge(
                        report.getPartition() + "/" + report.getBudgetDay(), report.getReturnedNanos(), Math::max);
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
